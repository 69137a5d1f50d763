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

  /** Adds a part, e.g. `lock`; its report is taken at each request. */
  add(part: string, report: () => HealthReport): void {
    this.parts.set(part, report);
  }

  /** Adds a figure for `/metrics`, e.g. `lts_frames_total`. */
  count(name: string, read: () => number): void {
    this.counters.set(name, read);
  }

  report(): { ready: boolean; parts: Record<string, HealthReport> } {
    const parts = Object.fromEntries([...this.parts].map(([part, report]) => [part, report()]));
    return { ready: Object.values(parts).every((part) => part.ready), parts };
  }

  /** The figures in the text form that Prometheus reads. */
  metrics(): string {
    return [...this.counters].map(([name, read]) => `# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}\n${name} ${read()}\n`).join('');
  }
}
