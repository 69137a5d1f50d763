import { Logger } from '@nestjs/common';
import { PipelineError, classify } from '@lts/contracts';
import type { Parking } from './parking.js';
import type { ReceivedMessage } from './received-message.js';
import { backOffMs, pause } from './waiting.js';

const PAUSES = { firstMs: 100, longestMs: 5_000 };

/** A handler of messages of one partition, in order. */
export type Handle = (messages: readonly ReceivedMessage<unknown>[]) => Promise<void>;

/**
 * Brings messages to a handler until each has one of three outcomes: done, retried in place, or parked.
 * Both transports deliver through it.
 */
export class Delivery {
  private readonly logger = new Logger(Delivery.name);
  private readonly stopping = new AbortController();
  private readonly waiting = new Map<string, PipelineError>();

  constructor(
    private readonly handle: Handle,
    private readonly parking: Parking,
  ) {}

  /** Competitions whose messages are being retried, with the reason; at most one entry for each lane that runs. */
  get retrying(): ReadonlyMap<string, PipelineError> {
    return this.waiting;
  }

  /** Ends waits between retries; what is not done then stays undone. */
  stop(): void {
    this.stopping.abort();
  }

  /**
   * Resolves when every message is done or parked.
   *
   * @param ours ends the retries when it is aborted: the messages are somebody else's now
   * @throws PipelineError `LTS_STOPPING` when `stop` or `ours` ended the retries; the messages then come again, after the
   * restart or to whoever has them
   */
  async deliver(messages: readonly ReceivedMessage<unknown>[], ours: AbortSignal = this.stopping.signal): Promise<void> {
    const error = await this.tryUntilPermanent(messages, ours);
    if (error === null) return;
    const [first] = messages;
    if (messages.length === 1 && first !== undefined) {
      await this.parking.park(first, error);
      return;
    }
    for (const message of messages) await this.deliver([message], ours);
  }

  private async tryUntilPermanent(messages: readonly ReceivedMessage<unknown>[], ours: AbortSignal): Promise<PipelineError | null> {
    const key = messages[0]?.key ?? '';
    for (let attempt = 0; ; attempt += 1) {
      const error = await this.try(messages);
      if (error?.retriable !== true) {
        this.waiting.delete(key);
        return error;
      }
      if (this.stopping.signal.aborted || ours.aborted) {
        this.waiting.delete(key);
        throw error.code === 'LTS_STOPPING' ? error : new PipelineError('LTS_STOPPING', 'The app is stopping, or the messages went to another instance.', { cause: error });
      }
      this.report(key, error, attempt);
      await pause(backOffMs(attempt, PAUSES), ours);
    }
  }

  private async try(messages: readonly ReceivedMessage<unknown>[]): Promise<PipelineError | null> {
    try {
      await this.handle(messages);
      return null;
    } catch (thrown) {
      return classify(thrown);
    }
  }

  private report(key: string, error: PipelineError, attempt: number): void {
    this.waiting.set(key, error);
    if (attempt === 0) this.logger.warn({ event: 'retrying', competitionCode: key, code: error.code, error: error.message });
    else this.logger.debug({ event: 'retrying', competitionCode: key, code: error.code, attempt });
  }
}
