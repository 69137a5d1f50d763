import type { FeedFrame } from '../feed/feed.js';

/**
 * The last frames for clients that ask now and then, numbered from 1 over all races of a circuit. The oldest are forgotten
 * when the log holds more than its limit.
 */
export class FrameLog {
  private readonly texts: string[] = [];
  private heldBytes = 0;
  private last = 0;
  private added = 0;

  constructor(private readonly limitBytes: number) {}

  /** Number of the frame that was added last, 0 before the first. */
  get lastIndex(): number {
    return this.last;
  }

  /** Bytes of all frames that were ever added. */
  get addedBytes(): number {
    return this.added;
  }

  add({ text }: FeedFrame): void {
    const bytes = Buffer.byteLength(text);
    this.last += 1;
    this.texts.push(text);
    this.added += bytes;
    this.heldBytes += bytes;
    while (this.heldBytes > this.limitBytes && this.texts.length > 1) this.heldBytes -= Buffer.byteLength(this.texts.shift() ?? '');
  }

  /**
   * The lines of the frames after `index`, each ended; null when some of them are forgotten or `index` is not a number of this
   * log. The frame that comes next may be known already, from a page.
   */
  since(index: number): string | null {
    const forgotten = this.last - this.texts.length;
    if (!Number.isSafeInteger(index) || index < forgotten || index > this.last + 1) return null;
    return this.texts.slice(index - forgotten).map(ended).join('');
  }
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
