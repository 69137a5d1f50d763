import type { SeededRandom } from '../random/seeded-random.js';
import type { RaceRules } from './rules/race-rules.js';
import type { Runner } from './runner.js';

/** The moment at which a team decides: at the line, before each lap. */
export interface PlanMoment {
  nowMs: number;
  startMs: number;
  endMs: number;
  lapMs: number;
}

/** How a team goes about a stint: how evenly, how much too long, and how many stops it means to leave out. */
interface Temper {
  evenness: number;
  overstayMs: number;
  skips: number;
}

const EVEN_TEMPER: Temper = { evenness: 1, overstayMs: 0, skips: 0 };
const MINUTE_MS = 60_000;
const FREE_PIT_LEAST_MS = 82_000;
const FREE_PIT_MEDIAN_ABOVE_MS = 21_000;
const FREE_PIT_SPREAD = 0.99;
const TYPICAL_FREE_PIT_MS = 103_000;

/** What the teams do about the rules: when they stop and how long they stay, each as its conduct is. */
export class TeamPlan {
  private readonly tempers = new Map<Runner, Temper>();

  constructor(private readonly rules: RaceRules, private readonly random: SeededRandom) {}

  /** Whether the team comes in at the end of the lap that begins. */
  stopsNext(runner: Runner, moment: PlanMoment): boolean {
    const entryMs = moment.nowMs + moment.lapMs;
    const stintMs = entryMs - (runner.outSinceMs ?? moment.startMs);
    if (runner.mustPass) return this.isOpen(entryMs, moment);
    if (!this.isOpen(entryMs, moment)) return runner.entry.conduct === 'breaks' && this.missing(runner) > 0 && this.random.chance(0.02);
    if (stintMs < this.rules.minStintMs) return false;
    if (this.rules.windows.length > 0) return this.isInWindow(runner, entryMs - moment.startMs);
    return stintMs + moment.lapMs / 2 >= this.wantedStintMs(runner, moment);
  }

  /** Time in the pit lane, penalties included: what is asked for and what the team makes of it. */
  pitTime(runner: Runner): { dueMs: number; stayMs: number } {
    const dueMs = this.rules.minPitMs + runner.owedMs;
    if (this.rules.minPitMs === 0) {
      const stayMs = FREE_PIT_LEAST_MS + FREE_PIT_MEDIAN_ABOVE_MS * Math.exp(FREE_PIT_SPREAD * this.random.bell());
      return { dueMs, stayMs: Math.round(stayMs + runner.owedMs) };
    }
    return { dueMs, stayMs: Math.round(dueMs + this.marginMs(runner)) };
  }

  /** A new stint: its length is drawn anew. */
  newStint(runner: Runner): void {
    const { conduct } = runner.entry;
    const overstays = conduct === 'breaks' && this.random.chance(0.12);
    const before = this.tempers.get(runner);
    this.tempers.set(runner, {
      evenness: conduct === 'follows' ? this.random.between(0.94, 1.02) : this.random.between(0.85, 1.12),
      overstayMs: overstays ? this.random.between(MINUTE_MS, 4 * MINUTE_MS) : 0,
      skips: before?.skips ?? (conduct === 'breaks' && this.random.chance(0.3) ? 1 : 0),
    });
  }

  /** Stops that are still owed. */
  missing(runner: Runner): number {
    return Math.max(0, this.rules.stops(runner.entry.category) - runner.servedAtMs.length);
  }

  /** The stops that are left, spread evenly over the time that is left; or the longest stint, whichever is shorter. */
  private wantedStintMs(runner: Runner, moment: PlanMoment): number {
    const { evenness, overstayMs } = this.temper(runner);
    const reserveMs = runner.entry.conduct === 'follows' ? 1.2 * moment.lapMs : 0.6 * moment.lapMs;
    const limitMs = this.rules.maxStintMs(runner.entry.category) - reserveMs;
    const evenMs = this.evenStintMs(runner, moment) * evenness;
    return limitMs <= evenMs ? limitMs + overstayMs : evenMs;
  }

  private evenStintMs(runner: Runner, { nowMs, endMs, startMs }: PlanMoment): number {
    const owed = this.missing(runner) - this.temper(runner).skips;
    if (owed <= 0) return Number.POSITIVE_INFINITY;
    const sinceMs = nowMs - (runner.outSinceMs ?? startMs);
    const stayMs = this.rules.minPitMs === 0 ? TYPICAL_FREE_PIT_MS : this.rules.minPitMs;
    return (endMs - nowMs + sinceMs - owed * stayMs) / (owed + 1);
  }

  private temper(runner: Runner): Temper {
    return this.tempers.get(runner) ?? EVEN_TEMPER;
  }

  private isOpen(entryMs: number, { startMs, endMs, lapMs }: PlanMoment): boolean {
    const lastMs = endMs - this.rules.closedLastMs - lapMs / 2;
    return entryMs - startMs >= this.rules.closedFirstMs + lapMs && entryMs <= lastMs;
  }

  /** Somewhere in each window, the later the likelier. */
  private isInWindow(runner: Runner, elapsedMs: number): boolean {
    const window = this.rules.windows[runner.servedAtMs.length];
    if (window === undefined || elapsedMs < window.fromMs) return false;
    const leftMs = window.toMs - elapsedMs;
    return leftMs < 3 * MINUTE_MS || this.random.chance(Math.min(1, (2 * MINUTE_MS) / leftMs));
  }

  private marginMs(runner: Runner): number {
    const { conduct } = runner.entry;
    if (conduct === 'follows') return this.random.between(800, 4_000);
    if (conduct === 'breaks' && this.random.chance(0.15)) return -this.random.between(300, 12_000);
    return this.random.between(0, 1_200);
  }
}
