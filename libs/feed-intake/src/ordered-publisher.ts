import { notificationMessage, rawMessage } from '@lts/contracts';
import type { InitLockService } from '@lts/init-lock';
import type { OutgoingMessage, Publisher } from '@lts/messaging';
import type { Frame } from './frame.js';
import { endsPage, startsInit } from './page-of-frame.js';

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
  lock: Pick<InitLockService, 'close' | 'whenOpen'>;
}

/**
 * Publishes the frames of one competition in order, as its lock allows.
 *
 * Guarantees: an init frame waits until the lock is open, closes it again, is announced by `init-ongoing` and then sent;
 * the rest of its page goes without waiting; every other frame waits for the open lock. One send is in flight at a time,
 * provided that the caller awaits each call.
 */
export class OrderedPublisher {
  /** Stamp of the init frame whose page is still coming in, Unix ms. */
  private pageSinceMs: number | null = null;
  /** The init frame that has been announced but not yet sent, so that a second attempt does not wait for itself. */
  private announcedId: string | null = null;

  constructor(private readonly parts: OrderedPublisherParts) {}

  /**
   * Publishes as many of the frames as may go together and answers how many that were (at least one, unless there are none).
   *
   * @throws PipelineError `LTS_STOPPING` when the stage ends while it waits
   */
  async publishSome(frames: readonly Frame[]): Promise<number> {
    const first = frames[0];
    if (first === undefined) return 0;
    const count = await this.admit(first, frames);
    await this.parts.publisher.publish(this.parts.rawTopic, frames.slice(0, count).map((frame) => this.outgoing(frame)));
    this.announcedId = null;
    return count;
  }

  private async admit(first: Frame, frames: readonly Frame[]): Promise<number> {
    if (startsInit(first.text)) {
      await this.announce(first);
      this.pageSinceMs = endsPage(first.text) ? null : first.atMs;
      return this.pageEnd(frames, 1);
    }
    if (this.isPartOfPage(first)) return this.pageEnd(frames, 0);
    this.pageSinceMs = null;
    await this.parts.lock.whenOpen(this.parts.competition);
    return runBeforeInit(frames);
  }

  private async announce(init: Frame): Promise<void> {
    if (this.announcedId === init.id) return;
    const { competition, lock, publisher, notificationsTopic } = this.parts;
    await lock.whenOpen(competition);
    lock.close(competition, init.id);
    this.announcedId = init.id;
    const value = notificationMessage({
      id: `${init.id}:init-ongoing`,
      competitionCode: competition,
      source: this.parts.source,
      atMs: init.atMs,
      data: { type: 'init-ongoing', data: { init_id: init.id } },
    });
    await publisher.publish(notificationsTopic, [{ key: competition, kind: 'init-ongoing', value }]);
  }

  /** Index after the last frame of the page that is coming in, seen from `from`. */
  private pageEnd(frames: readonly Frame[], from: number): number {
    let end = from;
    for (const frame of frames.slice(from, from + RUN_FRAMES)) {
      if (!this.isPartOfPage(frame)) break;
      end += 1;
      if (endsPage(frame.text)) this.pageSinceMs = null;
    }
    return end;
  }

  private isPartOfPage(frame: Frame): boolean {
    if (this.pageSinceMs === null || startsInit(frame.text)) return false;
    const ageMs = frame.atMs - this.pageSinceMs;
    return ageMs >= 0 && ageMs <= PAGE_LIMIT_MS;
  }

  private outgoing(frame: Frame): OutgoingMessage {
    const { competition, source } = this.parts;
    return {
      key: competition,
      kind: 'raw',
      value: rawMessage({ id: frame.id, competitionCode: competition, source, atMs: frame.atMs, data: frame.text }),
    };
  }
}

function runBeforeInit(frames: readonly Frame[]): number {
  let characters = 0;
  let count = 0;
  for (const frame of frames) {
    characters += frame.text.length;
    const isFull = count === RUN_FRAMES || characters > RUN_CHARACTERS;
    if (count > 0 && (isFull || startsInit(frame.text))) return count;
    count += 1;
  }
  return count;
}
