import type { Entry } from '../model/entry.js';
import type { RaceEvent } from '../model/race-event.js';
import { Standings } from '../model/standings.js';
import type { SeededRandom } from '../random/seeded-random.js';
import type { SimulatedFrame } from '../simulated-frame.js';
import { Agenda } from './agenda.js';
import { Board } from './board.js';
import type { Dialect } from './dialect.js';
import { type FeedState, isOdd, isRace, say } from './feed-state.js';
import { Outbox } from './outbox.js';
import { emptyPage } from './page.js';
import { rowIds } from './row-id.js';
import { Screen } from './screen.js';
import { tellCorrection } from './tellers/counts.js';
import { tellFlag } from './tellers/flags.js';
import { tellFirstPassage, tellLap, tellSector } from './tellers/laps.js';
import { tellPenalty, tellWarning } from './tellers/log.js';
import { tellDriverChange, tellKartChange } from './tellers/names.js';
import { openSession } from './tellers/opening.js';
import { tellBreakdown, tellPitIn, tellPitOut } from './tellers/pits.js';

const AFTER_FLAG_PAGES_MS = 120_000;
const BLANK_BEFORE_MS = 400;
const BLANK_BETWEEN_MS = 30_000;
const PAGE_AGAIN_MS = 600;

/** The feed of one circuit: what happens goes in, what its installation sends comes out. */
export class Feed {
  private readonly state: FeedState;
  private readonly rowsOf: (session: number) => (entry: Entry) => string;
  private sessions = 0;
  private firstMs: number | null = null;
  private isJoined: boolean;

  constructor(private readonly dialect: Dialect, random: SeededRandom) {
    const screen = new Screen(dialect);
    this.rowsOf = rowIds(dialect);
    this.isJoined = dialect.joinedAfterMs === null;
    this.state = {
      dialect,
      random,
      oddRandom: random.fork('oddities'),
      agenda: new Agenda(),
      board: new Board(),
      screen,
      outbox: new Outbox(screen),
      rows: new Map(),
      standings: new Standings('laps', []),
      frame: null,
      nowMs: 0,
      running: false,
      over: false,
      endAtMs: null,
      light: 'lr',
      runOut: false,
      leaderLapShown: '',
      showsDrivers: false,
      log: [],
      lastPass: null,
      bestSectorsMs: [],
      formerBestMs: null,
      bestRow: null,
    };
  }

  /** What a client is sent that joins now; null before there is a page. */
  page(): string | null {
    return this.firstMs === null || !this.isJoined ? null : this.state.screen.page();
  }

  /** The frames that have left before the event, whose lines are put in then. */
  *tell(event: RaceEvent): Generator<SimulatedFrame> {
    yield* this.advance(event.atMs);
    this.state.nowMs = event.atMs;
    if (event.kind === 'session-begins') this.begin(event);
    this.state.standings.apply(event);
    this.write(event);
  }

  /** What is left after the last event. */
  *end(): Generator<SimulatedFrame> {
    yield* this.advance(this.state.nowMs + AFTER_FLAG_PAGES_MS * (this.dialect.pages.afterFlag + 1));
    yield* this.joined(this.state.outbox.leaveAll());
  }

  private *advance(untilMs: number): Generator<SimulatedFrame> {
    const { agenda, outbox } = this.state;
    while (agenda.nextMs < untilMs) {
      yield* this.joined(outbox.leave(agenda.nextMs));
      this.state.nowMs = agenda.nextMs;
      agenda.act();
    }
    if (this.state.nowMs > 0) yield* this.joined(outbox.leave(untilMs));
  }

  /** Who joins late without a page sees nothing of the beginning. */
  private *joined(frames: Iterable<SimulatedFrame>): Generator<SimulatedFrame> {
    for (const frame of frames) {
      this.firstMs ??= frame.atMs;
      const isPage = frame.text.startsWith('init|');
      if (!this.isJoined && frame.atMs < this.firstMs + (this.dialect.joinedAfterMs ?? 0)) continue;
      if (isPage) this.isJoined = true;
      yield frame;
    }
  }

  private begin(event: RaceEvent & { kind: 'session-begins' }): void {
    this.state.agenda.clear();
    openSession(this.state, event, this.rowsOf(this.sessions));
    this.sessions += 1;
  }

  private write(event: RaceEvent): void {
    const { state } = this;
    if (event.kind === 'lap') tellLap(state, event);
    else if (event.kind === 'sector') tellSector(state, event);
    else if (event.kind === 'first-passage') tellFirstPassage(state, event);
    else if (event.kind === 'pit-in') tellPitIn(state, event);
    else if (event.kind === 'pit-out') tellPitOut(state, event);
    else if (event.kind === 'driver-change') tellDriverChange(state, event);
    else if (event.kind === 'kart-change') tellKartChange(state, event);
    else if (event.kind === 'breakdown') tellBreakdown(state, event);
    else this.writeControl(event);
  }

  private writeControl(event: RaceEvent): void {
    const { state } = this;
    if (event.kind === 'flag') tellFlag(state, event);
    else if (event.kind === 'penalty') tellPenalty(state, event);
    else if (event.kind === 'warning') tellWarning(state, event);
    else if (event.kind === 'correction') tellCorrection(state, event);
    else if (event.kind === 'session-ends') this.finish();
    if (event.kind === 'flag' && event.why === 'start') this.repeatPages();
  }

  /** The clocks stop; the page is sent again some times, and the screen may go blank before the next session. */
  private finish(): void {
    const { agenda, outbox, nowMs } = this.state;
    const { pages, blankBetween } = this.dialect;
    say(this.state);
    agenda.clear();
    for (let count = 1; count <= pages.afterFlag; count += 1) agenda.at(nowMs + count * AFTER_FLAG_PAGES_MS, () => this.sendPage());
    if (!blankBetween || isRace(this.state)) return;
    agenda.at(nowMs + (pages.afterFlag + 1) * AFTER_FLAG_PAGES_MS + BLANK_BETWEEN_MS, () => {
      outbox.putAlone(this.state.nowMs, () => {
        this.state.screen.clear();
        return emptyPage(this.dialect);
      });
    });
  }

  private repeatPages(): void {
    const { everyMs } = this.dialect.pages;
    if (everyMs === null) return;
    this.state.agenda.at(this.state.nowMs + everyMs, () => {
      this.sendPage();
      this.repeatPages();
    });
  }

  private sendPage(): void {
    const { outbox, nowMs, screen } = this.state;
    if (this.dialect.pages.blankBefore) outbox.putAlone(nowMs, () => emptyPage(this.dialect));
    outbox.putAlone(nowMs + (this.dialect.pages.blankBefore ? BLANK_BEFORE_MS : 0), () => screen.page());
    if (isOdd(this.state, 'page-twice')) outbox.putAlone(nowMs + PAGE_AGAIN_MS, () => screen.page());
  }
}
