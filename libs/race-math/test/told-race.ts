import type { Action, AddLap } from '@lts/race-actions';
import { RaceFacts, type RowState, type SessionState } from '../src/index.js';

const START_MS = Date.UTC(2026, 4, 1, 10);

/** A race told action by action; instants in seconds after its start. */
export class ToldRace {
  readonly facts = new RaceFacts();
  private readonly next = new Map<string, { lap: number; ordinal: number; atMs: number; stop: number }>();

  ms(seconds: number): number {
    return START_MS + Math.round(seconds * 1_000);
  }

  tell(seconds: number, ...actions: Action[]): this {
    this.facts.fold({ at_ms: this.ms(seconds), session: 1, actions });
    return this;
  }

  green(seconds = 0): this {
    return this.tell(seconds, { type: 'update-flag', data: { flag: 'green', text: 'lg' } });
  }

  /** A lap of so many seconds after the one before; `also` changes what is told of it. */
  lap(code: string, seconds: number | null, also: Partial<AddLap> & { lasts?: number } = {}): this {
    const { lasts, ...told } = also;
    const known = this.next.get(code) ?? { lap: 0, ordinal: 0, atMs: START_MS, stop: 0 };
    const atMs = known.atMs + Math.round((seconds ?? lasts ?? 60) * 1_000);
    const data: AddLap = {
      participant_code: code,
      ordinal: known.ordinal + 1,
      lap: known.lap + 1,
      time_ms: seconds === null ? null : Math.round(seconds * 1_000),
      driver: null,
      at_ms: atMs,
      sectors: [],
      in_lap: false,
      out_lap: false,
      valid: true,
      reason: null,
      ...told,
    };
    this.next.set(code, { ...known, lap: data.lap, ordinal: data.ordinal, atMs });
    this.facts.fold({ at_ms: atMs, session: 1, actions: [{ type: 'add-lap', data }] });
    return this;
  }

  laps(code: string, seconds: readonly number[]): this {
    for (const lap of seconds) this.lap(code, lap);
    return this;
  }

  /** A stop from one second of the race to another. */
  stop(code: string, from: number, to: number, drivers: { before?: string; after?: string } = {}): this {
    const known = this.next.get(code) ?? { lap: 0, ordinal: 0, atMs: START_MS, stop: 0 };
    const stop = known.stop + 1;
    this.next.set(code, { ...known, stop });
    const of = { participant_code: code, ordinal: stop, stop };
    this.tell(from, { type: 'add-pit-in', data: { ...of, lap: known.lap, driver: drivers.before ?? null, at_ms: this.ms(from), source: 'status' } });
    return this.tell(to, { type: 'add-pit-out', data: { ...of, driver: drivers.after ?? null, at_ms: this.ms(to), duration_ms: Math.round((to - from) * 1_000), source: 'column' } });
  }

  get session(): SessionState {
    const session = this.facts.session(1);
    if (session === undefined) throw new Error('Nothing was told yet.');
    return session;
  }

  row(code: string): RowState {
    const row = this.session.rows[code];
    if (row === undefined) throw new Error(`No row ${code}.`);
    return row;
  }

  /** Flags of the newest lap of a row. */
  flags(code: string): string[] {
    return this.row(code).laps.at(-1)?.flags ?? [];
  }
}

/** So many times the same. */
export function times(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}
