import type { SessionTruth, TruthRecord } from '@lts/race-simulator';
import { RowHistory } from './row-history.js';

/** Driver ids of a session rise from here. */
const FIRST_DRIVER_ID = 80_000;

/** What the provider keeps of one session: the laps, stops and drivers of each row. */
export class SessionHistory {
  private readonly rows = new Map<string, RowHistory>();
  private startMs: number;
  private isGreen = false;
  /** The page at the end, null while the session runs. */
  finalPage: string | null = null;

  constructor(readonly session: SessionTruth) {
    this.startMs = session.atMs;
    let id = FIRST_DRIVER_ID;
    for (const entry of session.entries) {
      const drivers = entry.drivers.map((name) => ({ id: (id += 1), name }));
      this.rows.set(entry.row, new RowHistory({ ...entry, id: (id += 1), drivers }));
    }
  }

  add(record: TruthRecord): void {
    if (record.kind === 'flag' && record.flag === 'green' && !this.isGreen) {
      this.isGreen = true;
      this.startMs = record.atMs;
    }
    if ('row' in record) this.rows.get(record.row)?.add(record);
  }

  /**
   * Lines for a selector such as `D16.L`, the newest first.
   *
   * @param count most lines of laps and stops
   */
  lines(selector: string, count: number): string[] {
    const { row = '', part = '' } = /^D(?<row>\d+)\.(?<part>[A-Z]+)$/.exec(selector)?.groups ?? {};
    return this.rows.get(`r${row}`)?.lines(part, { count, startMs: this.startMs, bestMs: this.bestMs() }) ?? [];
  }

  private bestMs(): number {
    return Math.min(...[...this.rows.values()].map((row) => row.bestMs));
  }
}
