import { Injectable } from '@nestjs/common';

/** What one part of a stage says of itself. */
export interface HealthReport {
  ready: boolean;
  [detail: string]: unknown;
}

/** Parts of the stage report here; `/health/ready` and `/metrics` read it. The parts are a fixed, small set. */
@Injectable()
export class StageHealth {
  private readonly parts = new Map<string, () => HealthReport>();
  private readonly counters = new Map<string, () => number>();
  private readonly others = new Map<string, StageHealth>();

  /** Adds a part, e.g. `lock`; its report is taken at each request. */
  add(part: string, report: () => HealthReport): void {
    this.parts.set(part, report);
  }

  /** Adds a figure for `/metrics`, e.g. `lts_frames_total`. */
  count(name: string, read: () => number): void {
    this.counters.set(name, read);
  }

  /** Shows another stage of the same process together with this one, under its name. */
  include(stage: string, health: StageHealth): void {
    this.others.set(stage, health);
  }

  report(): { ready: boolean; parts: Record<string, HealthReport> } {
    const own = [...this.parts].map(([part, report]): [string, HealthReport] => [part, report()]);
    const others = [...this.others].map(([stage, health]): [string, HealthReport] => {
      const { ready, parts: ofStage } = health.report();
      return [stage, { ready, ...ofStage }];
    });
    const parts = Object.fromEntries([...own, ...others]);
    return { ready: Object.values(parts).every((part) => part.ready), parts };
  }

  /** The figures in the text form that Prometheus reads; those of other stages carry the stage's name. */
  metrics(): string {
    const figures = new Map<string, string[]>();
    const add = (name: string, labels: string, value: number): void => void figures.set(name, [...(figures.get(name) ?? []), `${name}${labels} ${value}`]);
    for (const [name, read] of this.counters) add(name, '', read());
    for (const [stage, { counters }] of this.others) for (const [name, read] of counters) add(name, `{stage="${stage}"}`, read());
    return [...figures].map(([name, lines]) => `# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}\n${lines.join('\n')}\n`).join('');
  }
}
