import { Board, driverText } from './board.js';
import { type Kart, type TrueLap, type TrueStop, completeLap, enterPit, leavePit, planLap, startingGrid } from './kart.js';
import type { RaceOptions } from './race-options.js';
import { SeededRandom } from './seeded-random.js';
import { Standings } from './standings.js';
import { hoursMinutesText, lapsBehindText, lengthText, pitClockText, timeText, wallClockText } from './wire-texts.js';

/** A frame of the feed; `atMs` is the race's own clock, Unix ms. */
export interface SimulatedFrame {
  atMs: number;
  text: string;
}

/** What really happened, for comparisons. */
export interface RaceTruth {
  /** By final position. */
  teams: { code: string; number: number; team: string; position: number; laps: TrueLap[]; bestMs: number | null; stops: TrueStop[] }[];
}

const BEFORE_START_MS = 5_000;
const SECOND_MS = 1_000;
const FLIP_MS = 30_000;
const SHOWS_DRIVER_MS = 10_000;
const CLOCK_MS = 30_000;

/**
 * An endurance race, generated from a seed, in the provider's protocol. One model drives it: each kart's next crossing or
 * stop, from which laps, positions, gaps and clocks follow.
 */
export class SimulatedRace {
  private readonly random: SeededRandom;
  private readonly karts: Kart[];
  private readonly board: Board;
  private readonly standings: Standings;
  private nowMs: number;
  private begun = false;
  private flagOut = false;
  private readonly entries: string[] = [];

  constructor(private readonly options: RaceOptions) {
    this.random = new SeededRandom(options.seed);
    this.karts = startingGrid(options, this.random);
    this.board = new Board(this.karts);
    this.standings = new Standings(this.karts);
    this.nowMs = options.startMs - BEFORE_START_MS;
  }

  /** The page as it would be sent now; null before the first frame. */
  page(): string | null {
    return this.begun ? this.board.page() : null;
  }

  /** What has happened so far. */
  truth(): RaceTruth {
    const teams = this.standings.order.map((kart, index) => {
      const { code, number, team, laps, bestMs, stops } = kart;
      return { code, number, team, position: index + 1, laps, bestMs, stops };
    });
    return { teams };
  }

  /** The frames in order of time; ends when every kart has taken the flag. Can be run once. */
  *frames(): Generator<SimulatedFrame> {
    this.begun = true;
    const { startMs, durationMs } = this.options;
    this.board.head('title1', '|SIMULATED RACE');
    this.board.head('title2', `|ENDURANCE ${Math.round(durationMs / 60_000)} MIN`);
    this.board.head('track', '|PROVING GROUND (1100m)');
    this.board.head('dyn1', `text|${lengthText(durationMs)}`);
    this.board.head('light', 'lr|');
    this.board.head('com', '|');
    this.board.frame();
    yield { atMs: this.nowMs, text: this.board.page() };
    this.nowMs = startMs;
    this.start();
    yield* this.frame();
    for (let second = startMs + SECOND_MS; this.karts.some(({ finished }) => !finished); second += SECOND_MS) yield* this.until(second);
  }

  /** All that happens up to a full second, then what the clocks show. */
  private *until(second: number): Generator<SimulatedFrame> {
    for (let kart = this.nextKart(); kart !== null && kart.next.atMs <= second; kart = this.nextKart()) {
      this.nowMs = kart.next.atMs;
      this.happen(kart);
      yield* this.frame();
    }
    this.nowMs = second;
    this.tick(second - this.options.startMs);
    yield* this.frame();
  }

  private *frame(): Generator<SimulatedFrame> {
    const text = this.board.frame();
    if (text !== null) yield { atMs: this.nowMs, text };
  }

  private nextKart(): Kart | null {
    return this.karts.reduce<Kart | null>((first, kart) => (!kart.finished && (first === null || kart.next.atMs < first.next.atMs) ? kart : first), null);
  }

  private start(): void {
    this.board.head('light', 'lg|');
    this.board.head('dyn1', `countdown|${this.options.durationMs}`);
    this.log('green', 'Start');
    for (const kart of this.karts) this.board.set(kart, 'status', 'in', '');
  }

  private happen(kart: Kart): void {
    if (kart.next.kind === 'cross') this.cross(kart);
    else if (kart.next.kind === 'pit-in') this.pitIn(kart);
    else this.pitOut(kart);
  }

  private cross(kart: Kart): void {
    const { board } = this;
    const lap = completeLap(kart);
    this.standings.crossed(kart, lap.atMs);
    const isLeader = this.standings.order[0] === kart;
    if (isLeader && this.isOver()) this.showFlag();
    board.set(kart, 'status', this.flagOut ? 'sf' : 'sr', '');
    board.set(kart, 'laps', 'in', String(kart.laps.length));
    this.showTimes(kart, lap);
    this.showDistances(kart, isLeader);
    if (this.showsPitClock(kart)) board.set(kart, 'onTrack', 'in', '0:00');
    board.say(this.flagOut ? `${kart.code}|*||` : `${kart.code}|*|${Math.round(Math.min(lap.timeMs, kart.paceMs))}|`);
    this.showPositions();
    kart.finished = this.flagOut;
    planLap(kart, this.random);
  }

  private showTimes(kart: Kart, lap: TrueLap): void {
    const best = Math.min(...this.karts.map(({ bestMs }) => bestMs ?? Number.POSITIVE_INFINITY));
    const isBest = lap.timeMs < best;
    const improves = kart.bestMs === null || lap.timeMs < kart.bestMs;
    this.board.set(kart, 'last', isBest ? 'tb' : improves ? 'ti' : 'tn', timeText(lap.timeMs));
    if (!improves) return;
    if (isBest) this.dethrone(best);
    kart.bestMs = lap.timeMs;
    this.board.set(kart, 'best', isBest ? 'tb' : 'ib', timeText(lap.timeMs));
    if (isBest && kart.laps.length > 1) this.board.say(`msg||Best lap : ${kart.team} - ${timeText(lap.timeMs)}`);
  }

  /** Whoever had the best lap of the session keeps it as his own best. */
  private dethrone(best: number): void {
    for (const kart of this.karts) if (kart.bestMs === best) this.board.set(kart, 'best', 'ib', timeText(best));
  }

  private showDistances(kart: Kart, isLeader: boolean): void {
    const { gap, interval } = this.standings.distances(kart);
    const text = (distance: { laps: number; timeMs: number }): string => (distance.laps > 0 ? lapsBehindText(distance.laps) : timeText(distance.timeMs));
    this.board.set(kart, 'gap', isLeader ? 'in' : 'ib', isLeader ? `Lap ${kart.laps.length}` : text(gap));
    this.board.set(kart, 'interval', 'in', isLeader ? '' : text(interval));
  }

  private showPositions(): void {
    this.standings.order.forEach((kart, index) => {
      const position = String(index + 1);
      if (this.board.textOf(kart, 'position') === position) return;
      this.board.set(kart, 'position', '', position);
      this.board.say(`${kart.code}|#|${position}`);
    });
  }

  private pitIn(kart: Kart): void {
    enterPit(kart, this.options, this.random);
    this.board.set(kart, 'status', 'si', '');
    this.board.set(kart, 'onTrack', 'to', '00.');
    this.board.set(kart, 'stops', 'in', String(kart.stops.length));
    this.board.say(`${kart.code}|*in|0`);
  }

  private pitOut(kart: Kart): void {
    const stop = kart.stops.at(-1);
    if (stop !== undefined) this.board.set(kart, 'onTrack', 'to', pitClockText(kart.next.atMs - stop.inAtMs));
    leavePit(kart);
    this.board.set(kart, 'status', 'so', '');
    this.board.say(`${kart.code}|*out|0`);
  }

  private tick(elapsedMs: number): void {
    for (const kart of this.karts) this.tickKart(kart);
    if (elapsedMs % FLIP_MS === FLIP_MS - SHOWS_DRIVER_MS) for (const kart of this.karts) this.board.set(kart, 'name', 'drteam', driverText(kart, this.nowMs));
    if (elapsedMs % FLIP_MS === 0) for (const kart of this.karts) this.board.set(kart, 'name', 'dr', kart.team);
    if (elapsedMs % CLOCK_MS === 0 && !this.flagOut) this.board.head('dyn1', `countdown|${this.isOver() ? '' : this.options.durationMs - elapsedMs}`);
  }

  private tickKart(kart: Kart): void {
    const stop = kart.stops.at(-1);
    if (kart.inPit && stop !== undefined) this.changeDriver(kart, stop);
    else if (!kart.finished && !this.showsPitClock(kart)) this.board.set(kart, 'onTrack', 'in', hoursMinutesText(this.nowMs - kart.outSinceMs));
  }

  /** The last value of the pit clock stays on show until the line is crossed. */
  private showsPitClock(kart: Kart): boolean {
    return this.board.textOf(kart, 'onTrack').endsWith('.');
  }

  /** Half-way through the stop the next driver sits in the kart. */
  private changeDriver(kart: Kart, stop: TrueStop): void {
    this.board.set(kart, 'onTrack', 'to', pitClockText(this.nowMs - stop.inAtMs));
    const wanted = kart.stops.length % kart.drivers.length;
    if (kart.driver !== wanted && this.nowMs - stop.inAtMs > this.options.pitMs / 2) kart.driver = wanted;
  }

  private isOver(): boolean {
    return this.nowMs >= this.options.startMs + this.options.durationMs;
  }

  private showFlag(): void {
    if (this.flagOut) return;
    this.flagOut = true;
    this.board.head('light', 'lf|');
    this.board.head('dyn1', 'text|');
    this.log('chequered', 'Finish');
  }

  private log(flag: string, text: string): void {
    this.entries.unshift(`<p><b>${wallClockText(this.nowMs)}</b><span data-flag="${flag}"></span>${text}</p>`);
    this.board.head('com', `|${this.entries.join('')}`);
  }
}
