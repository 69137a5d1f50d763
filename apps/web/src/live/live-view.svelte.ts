import { Classification } from './classification.js';
import type { ClassifiedRow } from './classification.js';
import { DataClock, RaceClock, freshness } from './clocks.js';
import type { Freshness } from './clocks.js';
import { LiveFeed } from './live-feed.js';
import type { Connection } from './live-feed.js';
import type { Competition, LiveMessage, Metadata } from './messages.js';

/** Period of the page's own clock, ms: fine enough that no second is skipped. */
const TICK_MS = 200;

/** Difference between the computer's two clocks that shows a sleep or a clock that was set, ms. */
const CLOCK_JUMP_MS = 2_000;

/** One row on the screen: keeps its identity while its content changes, so that only a changed row is drawn again. */
export interface RowView {
  readonly code: string;
  readonly row: ClassifiedRow;
}

class ShownRow implements RowView {
  readonly code: string;
  row: ClassifiedRow;

  constructor(row: ClassifiedRow) {
    this.code = row.code;
    this.row = $state.raw(row);
  }
}

/**
 * What the page shows of one competition. Messages are folded at once; the screen follows at most once per frame,
 * however many there are, and not at all while nobody looks.
 */
export class LiveView {
  connection: Connection = $state('connecting');
  competition: Competition | null = $state.raw(null);
  metadata: Metadata | null = $state.raw(null);
  rows: RowView[] = $state.raw([]);
  bestMs = $state(0);
  /** Age of the data, ms; null before the first. */
  ageMs: number | null = $state(null);
  freshness: Freshness = $state('quiet');
  remainingMs: number | null = $state(null);
  recordedAtMs: number | null = $state(null);
  /** Local time, Unix ms. */
  nowMs = $state(Date.now());

  readonly #feed: LiveFeed;
  readonly #classification = new Classification();
  readonly #dataClock = new DataClock();
  readonly #raceClock = new RaceClock();
  readonly #shown = new Map<string, ShownRow>();
  #isDrawingPlanned = false;
  #clockDifferenceMs = Date.now() - performance.now();
  readonly #ticker: ReturnType<typeof setInterval>;

  /** Begins to follow the stream at `url`; `onDenied` is called when the API does not accept the token. */
  constructor(url: URL, bearer: string | null, onDenied: () => void) {
    const onConnection = (connection: Connection): void => {
      this.#connect(connection);
      if (connection === 'denied') onDenied();
    };
    this.#feed = new LiveFeed({ url, bearer, onMessage: (message) => this.#apply(message), onConnection });
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    void this.#feed.run();
  }

  /** Ends the stream and the clocks. */
  close(): void {
    clearInterval(this.#ticker);
    this.#feed.stop();
  }

  /** Connects anew at once. */
  hurry(): void {
    this.#feed.hurry();
  }

  #connect(connection: Connection): void {
    if (connection === 'live') this.#dataClock.reset();
    this.connection = connection;
    this.#tick();
  }

  #apply(message: LiveMessage): void {
    const localMs = Date.now();
    this.#dataClock.apply(message.clock, localMs);
    if (message.kind === 'heartbeat') return;
    const arrival = { localMs, raceMs: this.#dataClock.raceMs(localMs) };
    if (message.kind === 'snapshot') {
      this.#classification.replace(message.rows, arrival, message.metadata.session !== this.metadata?.session);
      this.competition = message.competition;
    } else {
      this.#classification.update(message.rows, arrival);
      this.#classification.remove(message.removed);
    }
    if (message.metadata !== null) {
      this.metadata = message.metadata;
      this.#raceClock.apply(message.metadata, localMs);
    }
    this.#planDrawing();
  }

  #planDrawing(): void {
    if (this.#isDrawingPlanned) return;
    this.#isDrawingPlanned = true;
    requestAnimationFrame(() => {
      this.#isDrawingPlanned = false;
      this.#draw();
    });
  }

  #draw(): void {
    const rows = this.#classification.sorted();
    const order = rows.map((row) => {
      const shown = this.#shown.get(row.code) ?? new ShownRow(row);
      shown.row = row;
      return shown;
    });
    this.#shown.clear();
    for (const shown of order) this.#shown.set(shown.code, shown);
    if (order.length !== this.rows.length || order.some((shown, index) => shown !== this.rows[index])) this.rows = order;
    this.bestMs = this.#classification.bestMs();
    this.#tick();
  }

  #tick(): void {
    const localMs = Date.now();
    const clockDifferenceMs = localMs - performance.now();
    if (Math.abs(clockDifferenceMs - this.#clockDifferenceMs) > CLOCK_JUMP_MS) this.#feed.hurry();
    this.#clockDifferenceMs = clockDifferenceMs;
    if (this.#classification.settle(localMs)) this.#planDrawing();
    this.nowMs = localMs;
    this.ageMs = this.#dataClock.ageMs(localMs);
    this.freshness = freshness(this.ageMs, this.metadata, this.connection);
    this.remainingMs = this.#raceClock.leftMs(localMs);
    this.recordedAtMs = this.#dataClock.recordedAtMs();
  }
}
