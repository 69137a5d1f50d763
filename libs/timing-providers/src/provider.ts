import type { Action } from '@lts/race-actions';

/** One text of a feed as it was received, and its stamp, Unix ms. */
export interface FeedFrame {
  atMs: number;
  text: string;
}

/** A line that no rule knows: its 0-based place in the frame, and its text, cut to a limit. */
export interface UnknownLine {
  index: number;
  text: string;
}

/** What follows from one frame. */
export interface FoldOutcome {
  /** Session after this frame, 1-based; 0 before any is known. */
  session: number;
  /** A frame that starts a page yields exactly one `initialize`. */
  actions: Action[];
  /** Lines that are not blank, and how many of them no rule knows. */
  counts: { lines: number; unknown: number };
  unknownLines: readonly UnknownLine[];
  /** Sentences for people about what is strange in the feed, such as a column whose label and type contradict each other; each told once. */
  warnings: readonly string[];
}

/**
 * The fold over all frames of one competition.
 *
 * Promises: no text makes it throw; the same frames give the same actions; time comes from the stamps of the frames alone;
 * what it remembers is bounded.
 */
export interface FeedFold {
  /** Frames come in the order in which they were received. */
  apply(frame: FeedFrame): FoldOutcome;
  /** Plain JSON that holds everything needed to go on. */
  snapshot(): unknown;
  /** What the feed has said so far, as a document for people. */
  view(): unknown;
}

/** A page of the web, at the address where it was found in the end. */
export interface WebPage {
  address: URL;
  text: string;
}

/** The web as a provider may use it: with limits of time, size and redirects, which are not its concern. */
export interface Web {
  /**
   * @returns null when the server knows no such page (404, 410)
   * @throws PipelineError `LTS_CIRCUIT_UNREACHABLE` when nothing can be read; it passes through
   */
  read(address: URL): Promise<WebPage | null>;
}

/** What the answer to a poll says. */
export type PollNews =
  /** Text like that of the websocket. */
  | { kind: 'frame'; text: string }
  | { kind: 'nothing' }
  /** The circuit wants its page to be loaded again: what was known of the poll is void. */
  | { kind: 'reload' }
  /** This is no answer of the feed, e.g. the page of somebody in between. */
  | { kind: 'foreign' };

/** One conversation by poll, from a page on. */
export interface FeedPoll {
  /** Address of the next request; `nowMs` is Unix ms. Asked again after a failure, it asks for the same news. */
  request(nowMs: number): URL;
  take(answer: string): PollNews;
}

/** A feed that is asked for over HTTP. */
export interface CircuitPoll {
  /** The conversation from its beginning, which brings a page first. */
  start(nowMs: number): FeedPoll;
  /** From an answer to the next request, ms; not shorter than the provider's own page takes. */
  pauseMs: number;
  /** From a request without an answer to the next one, ms. */
  retryMs: number;
  /** From being told to load the page again to doing so, ms. */
  reloadMs: number;
}

/** The ways to a circuit's feed. */
export interface CircuitWays {
  /** Addresses of websockets, best first. */
  sockets: readonly string[];
  /** For when no websocket can be held; null when there is none. */
  poll: CircuitPoll | null;
}

/** Ways to the circuit, or a sentence that says what is wrong with the address and what to do. */
export type Reached = { ways: CircuitWays } | { fault: string };

/** All that the pipeline needs of a timing provider. It does no I/O. */
export interface TimingProvider {
  /** Stands in stored states: it never changes. */
  readonly name: string;

  /** Whether an address that a person gave (http, https, ws or wss) is one of this provider's. */
  ownsAddress(address: URL): boolean;
  /** Finds out from the address how the circuit is reached. */
  reach(address: URL, web: Web): Promise<Reached>;

  /** Whether the text of a frame can only be of this provider's feed. */
  recognises(text: string): boolean;
  /** Whether a page begins in the frame: the whole state of the circuit, sent at connect and whenever it likes. */
  startsPage(text: string): boolean;
  /** Whether the frame holds the last part of a page. */
  endsPage(text: string): boolean;

  /** @param settings what persons have set for the competition: name of a parser setting -> value */
  newFold(settings: Readonly<Record<string, string>>): FeedFold;
  /** Goes on from a `snapshot`. @throws Error when it is none of this version */
  restoreFold(snapshot: unknown, settings: Readonly<Record<string, string>>): FeedFold;
}
