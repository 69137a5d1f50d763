import type { Entry, Kart } from '../model/entry.js';
import type { Correction, DriverChange, KartChange, LapDone, Penalty, PitIn, PitOut, RaceEvent, Result, SessionBegins } from '../model/race-event.js';
import { Standings, officialLaps } from '../model/standings.js';
import type { StopTruth, TruthRecord } from './truth-record.js';

/** Who is in the kart, in which kart, and the stop that is under way. */
interface Seat {
  driver: string;
  kart: string;
  stop: StopTruth | null;
}

/** Writes down what really happens, as records that name teams by their row in the feed. */
export class TruthTeller {
  private readonly seats = new Map<Entry, Seat>();
  private standings = new Standings('laps', []);
  private sessions = 0;
  private rowOf: (entry: Entry) => string = () => '';

  /** @param rowsOf row of a team in a session, by its ordinal from 0 */
  constructor(private readonly rowsOf: (session: number) => (entry: Entry) => string) {}

  /** The karts, before anything happens. */
  karts(karts: readonly Kart[]): TruthRecord[] {
    return karts.map(({ name, qualityMs }) => ({ kind: 'kart', kart: name, quality: qualityMs }));
  }

  /** The records that an event gives; most give none or one. */
  tell(event: RaceEvent): TruthRecord[] {
    if (event.kind === 'session-begins') return [this.begin(event)];
    const before = event.kind === 'correction' ? this.officials(event) : [];
    this.standings.apply(event);
    if (event.kind === 'lap') return [this.lap(event)];
    if (event.kind === 'flag') return [{ kind: 'flag', flag: event.flag, atMs: event.atMs }];
    if (event.kind === 'penalty') return this.penalty(event);
    if (event.kind === 'correction') return this.correction(event, before);
    if (event.kind === 'result') return [...this.stopCutOff(event.entry), this.result(event)];
    return this.tellStop(event);
  }

  private tellStop(event: RaceEvent): TruthRecord[] {
    if (event.kind === 'pit-in') this.pitIn(event);
    else if (event.kind === 'driver-change' || event.kind === 'kart-change') this.change(event);
    return event.kind === 'pit-out' ? this.pitOut(event) : [];
  }

  private begin({ atMs, frame, lineUps }: SessionBegins): TruthRecord {
    this.rowOf = this.rowsOf(this.sessions);
    this.sessions += 1;
    this.standings = new Standings(frame.ranking, lineUps.map(({ entry }) => entry));
    this.seats.clear();
    for (const { entry, driver, kart } of lineUps) this.seats.set(entry, { driver, kart: kart.name, stop: null });
    const entries = lineUps.map(({ entry }) => ({ row: this.rowOf(entry), number: entry.number, team: entry.team, category: entry.category, drivers: entry.drivers.map(({ name }) => name) }));
    return { kind: 'session', stage: frame.stage, atMs, lengthMs: frame.lengthMs, laps: frame.laps, entries };
  }

  private lap({ entry, number, timeMs, driver, atMs, closedBy }: LapDone): TruthRecord {
    return { kind: 'lap', row: this.rowOf(entry), lap: number, timeMs, driver, atMs, closedBy };
  }

  private pitIn({ entry, stop, atMs }: PitIn): void {
    const { driver, kart } = this.seat(entry);
    this.seat(entry).stop = { kind: 'stop', row: this.rowOf(entry), stop, inAtMs: atMs, outAtMs: null, kartBefore: kart, kartAfter: kart, driverBefore: driver, driverAfter: driver };
  }

  private change(event: DriverChange | KartChange): void {
    const seat = this.seat(event.entry);
    if (event.kind === 'driver-change') seat.driver = event.after;
    else seat.kart = event.after.name;
    if (seat.stop !== null) seat.stop = { ...seat.stop, driverAfter: seat.driver, kartAfter: seat.kart };
  }

  private pitOut({ entry, atMs }: PitOut): TruthRecord[] {
    const seat = this.seat(entry);
    const { stop } = seat;
    seat.stop = null;
    return stop === null ? [] : [{ ...stop, outAtMs: atMs }];
  }

  private penalty({ entry, atMs, amount, reason }: Penalty): TruthRecord[] {
    const row = this.rowOf(entry);
    const record: TruthRecord = { kind: 'penalty', row, atMs, amount, reason };
    if (!('laps' in amount)) return [record];
    return [record, { kind: 'withdraw-laps', row, laps: amount.laps, stops: 0, official: officialLaps(this.standings.of(entry)), cause: 'penalty', atMs }];
  }

  private officials({ changes }: Correction): number[] {
    return changes.map(({ entry }) => this.standings.of(entry).laps.length);
  }

  private correction({ cause, changes, atMs }: Correction, before: readonly number[]): TruthRecord[] {
    return changes.flatMap(({ entry, laps, stops }, index): TruthRecord[] => {
      const row = this.rowOf(entry);
      const official = officialLaps(this.standings.of(entry));
      if (laps > 0) return [{ kind: 'give-laps', row, laps, official, atMs }];
      const taken = (before[index] ?? 0) - this.standings.of(entry).laps.length;
      const withdrawal: TruthRecord = { kind: 'withdraw-laps', row, laps: taken, stops: 0 - stops, official, cause: cause === 'rollback' ? 'rollback' : 'correction', atMs };
      return [...(stops < 0 ? this.stopCutOff(entry) : []), withdrawal];
    });
  }

  /** A stop that was taken back while it ran, or ran when the session ended, has no exit. */
  private stopCutOff(entry: Entry): TruthRecord[] {
    const seat = this.seat(entry);
    const { stop } = seat;
    seat.stop = null;
    return stop === null ? [] : [stop];
  }

  private result({ entry, position, laps, bestLapMs, stops, drivers }: Result): TruthRecord {
    return { kind: 'result', row: this.rowOf(entry), position, laps, bestLapMs, stops, drivers };
  }

  private seat(entry: Entry): Seat {
    const seat = this.seats.get(entry);
    if (seat === undefined) throw new Error(`${entry.team} is not in this session.`);
    return seat;
  }
}
