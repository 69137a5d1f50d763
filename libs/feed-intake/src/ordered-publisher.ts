import { notificationMessage, rawMessage } from '@lts/contracts';
import type { InitLockService } from '@lts/init-lock';
import type { OutgoingMessage, Publisher } from '@lts/messaging';
import type { FeedPages } from '@lts/timing-providers';
import type { Frame } from './frame.js';

/** A page in several frames is taken as complete this long after its first frame, ms. */
const PAGE_LIMIT_MS = 2_000;

/** Most frames sent at once. */
const RUN_FRAMES = 500;

/** Most text sent at once, characters; a single larger frame goes alone. */
const RUN_CHARACTERS = 500_000;

/** What an `OrderedPublisher` works with. */
export interface OrderedPublisherParts {
  competition: string;
  /** Becomes `source` of the messages. */
  source: string;
  rawTopic: string;
  notificationsTopic: string;
  publisher: Publisher;
  lock: Pick<InitLockService, 'close' | 'finished' | 'whenOpen'>;
  /** Tells where the provider's pages begin and end. */
  pages: Pick<FeedPages, 'startsPage' | 'endsPage'>;
}

/** Frames that go together, and what is known of the page that comes in once they are sent. */
interface Run {
  count: number;
  pageSinceMs: number | null;
}

/**
 * Publishes the frames of one competition in order, as its lock allows.
 *
 * Guarantees: an init frame waits until the lock is open, closes it again, is announced by `init-ongoing` and then sent;
 * the rest of its page goes without waiting; every other frame waits for the open lock. One send is in flight at a time,
 * provided that the caller awaits each call. A new process begins with an open lock, also when its predecessor's was closed:
 * what it then sends too early is held by the parser's own.
 */
export class OrderedPublisher {
  /** Stamp of the init frame whose page is still coming in, Unix ms. */
  private pageSinceMs: number | null = null;
  /** The init frame for which the lock was closed and which is not yet sent, so that a second attempt does not wait for itself. */
  private pendingInit: { id: string; isAnnounced: boolean } | null = null;

  constructor(private readonly parts: OrderedPublisherParts) {}

  /**
   * Publishes as many of the frames as may go together and answers how many that were (at least one, unless there are none).
   * After an error the same frames may be given again.
   *
   * @throws PipelineError `LTS_STOPPING` when the stage ends while it waits
   */
  async publishSome(frames: readonly Frame[]): Promise<number> {
    const first = frames[0];
    if (first === undefined) return 0;
    const { count, pageSinceMs } = await this.admit(first, frames);
    await this.parts.publisher.publish(this.parts.rawTopic, frames.slice(0, count).map((frame) => this.outgoing(frame)));
    this.pendingInit = null;
    this.pageSinceMs = pageSinceMs;
    return count;
  }

  /** This frame will never be sent: what waits for it goes on. */
  giveUp(frame: Frame): void {
    if (this.pendingInit?.id !== frame.id) return;
    this.pendingInit = null;
    this.parts.lock.finished(this.parts.competition, frame.id);
  }

  private async admit(first: Frame, frames: readonly Frame[]): Promise<Run> {
    const { competition, lock, pages } = this.parts;
    if (pages.startsPage(first.text)) {
      await this.announce(first);
      return this.runOfPage(frames, 1, pages.endsPage(first.text) ? null : first.atMs);
    }
    const page = this.runOfPage(frames, 0, this.pageSinceMs);
    if (page.count > 0) return page;
    await lock.whenOpen(competition);
    return { count: this.runBeforeInit(frames), pageSinceMs: null };
  }

  private async announce(init: Frame): Promise<void> {
    const { competition, lock, publisher, notificationsTopic } = this.parts;
    if (this.pendingInit?.id !== init.id) {
      await lock.whenOpen(competition);
      lock.close(competition, init.id);
      this.pendingInit = { id: init.id, isAnnounced: false };
    }
    if (this.pendingInit.isAnnounced) return;
    const value = notificationMessage({
      id: `${init.id}:init-ongoing`,
      competitionCode: competition,
      source: this.parts.source,
      atMs: init.atMs,
      data: { type: 'init-ongoing', data: { init_id: init.id } },
    });
    await publisher.publish(notificationsTopic, [{ key: competition, kind: 'init-ongoing', value }]);
    this.pendingInit.isAnnounced = true;
  }

  private outgoing(frame: Frame): OutgoingMessage {
    const { competition, source } = this.parts;
    return {
      key: competition,
      kind: 'raw',
      value: rawMessage({ id: frame.id, competitionCode: competition, source, atMs: frame.atMs, data: frame.text }),
    };
  }

  /** The frames from `from` on that belong to the page whose first frame was stamped `sinceMs`; those before `from` go with them. */
  private runOfPage(frames: readonly Frame[], from: number, sinceMs: number | null): Run {
    let count = from;
    let pageSinceMs = sinceMs;
    for (const frame of frames.slice(from, from + RUN_FRAMES)) {
      if (!this.isPartOfPage(frame, pageSinceMs)) break;
      count += 1;
      if (this.parts.pages.endsPage(frame.text)) pageSinceMs = null;
    }
    return { count, pageSinceMs };
  }

  private isPartOfPage(frame: Frame, pageSinceMs: number | null): boolean {
    if (pageSinceMs === null || this.parts.pages.startsPage(frame.text)) return false;
    const ageMs = frame.atMs - pageSinceMs;
    return ageMs >= 0 && ageMs <= PAGE_LIMIT_MS;
  }

  private runBeforeInit(frames: readonly Frame[]): number {
    let characters = 0;
    let count = 0;
    for (const frame of frames) {
      characters += frame.text.length;
      const isFull = count === RUN_FRAMES || characters > RUN_CHARACTERS;
      if (count > 0 && (isFull || this.parts.pages.startsPage(frame.text))) return count;
      count += 1;
    }
    return count;
  }
}
