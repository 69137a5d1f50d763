import { Logger } from '@nestjs/common';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { classify } from '@lts/contracts';
import { pause, settlesWithin } from '../waiting.js';

/** Wait before messages whose handling ended without an outcome are fetched again, ms. */
const FETCH_AGAIN_MS = 1_000;

export interface PartitionLaneParts {
  /** For the log, e.g. `raw-messages/3`. */
  name: string;
  maxBatch: number;
  slowHandlerMs: number;
  /** Handles records to the end; rejects only when they are to come again. */
  deliver: (records: readonly KafkaMessage[]) => Promise<void>;
  /** Called when the position has moved and is to be committed. */
  moved: () => void;
  /** Aborted when the consumer closes. */
  stopping: AbortSignal;
}

/**
 * The work on one partition. kafkajs fetches nothing for any partition while one handler keeps it waiting,
 * so a slow handler pauses its partition and goes on in the background.
 *
 * Guarantees: one batch at a time, in order, also across a new assignment or a new connection; an offset is resolved
 * only after its messages are done; messages done but not yet committed are not handled again while this process lives.
 */
export class PartitionLane {
  private readonly logger = new Logger(PartitionLane.name);
  private running: Promise<boolean> | null = null;
  private late: Promise<void> = Promise.resolve();
  /** Last offset that is done and whose commit is not known. */
  private doneOffset = -1n;
  /** Rises when the partition or the connection is lost: what older work has to resolve is then no longer ours. */
  private epoch = 0;
  /** Work begun before this epoch does not know what is done. */
  private trustedFrom = 0;
  /** Everything below it is done, and ours to commit; null before anything is known. */
  private done: bigint | null = null;
  private nextOffset = 0n;
  private endOffset = 0n;

  constructor(private readonly parts: PartitionLaneParts) {}

  /** Messages not yet handled, as far as the last fetch knew. */
  get lag(): number {
    return Math.max(0, Number(this.endOffset - this.nextOffset));
  }

  /** What is to be committed; null before anything is known. */
  position(): bigint | null {
    return this.done;
  }

  /**
   * The partition went to another member, or the connection was made anew. Where messages were left to competitions set
   * aside (`leftUndone`), they must be able to come again.
   */
  lost({ leftUndone }: { leftUndone: boolean }): void {
    this.epoch += 1;
    this.done = null;
    if (!leftUndone) return;
    this.doneOffset = -1n;
    this.trustedFrom = this.epoch;
  }

  /** Where the group stands as the broker knows it; null when it has no position yet. */
  restored(committed: bigint | null): void {
    if (this.done === null || (committed !== null && committed > this.done)) this.done = committed;
  }

  /** The broker has stored that everything below `offset` is done. */
  committed(offset: bigint): void {
    if (offset > this.doneOffset) this.doneOffset = -1n;
  }

  /** Resolves when nothing runs any more. */
  async ended(): Promise<void> {
    await this.running;
    await this.late;
  }

  /** Handles a batch as far as it can be done at once; what is slow pauses the partition and goes on beside. */
  async take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    this.endOffset = BigInt(batch.highWatermark);
    this.nextOffset = BigInt(batch.messages[0]?.offset ?? batch.highWatermark);
    if (this.running !== null && !(await settlesWithin(this.running, this.parts.slowHandlerMs))) {
      this.pauseUntil(payload, this.running);
      return;
    }
    for (let from = 0; from < batch.messages.length; from += this.parts.maxBatch) {
      if (!payload.isRunning() || payload.isStale() || this.parts.stopping.aborted) return;
      const chunk = batch.messages.slice(from, from + this.parts.maxBatch);
      if (!(await this.takeChunk(payload, chunk, endOf(chunk, batch)))) return;
      await payload.heartbeat();
    }
  }

  private async takeChunk(payload: EachBatchPayload, records: KafkaMessage[], last: string): Promise<boolean> {
    const work = this.handle(this.notYetDone(records), last);
    if (!(await settlesWithin(work, this.parts.slowHandlerMs))) {
      this.pauseUntil(payload, this.resolveLate(payload, work, last));
      return false;
    }
    if (!(await work)) {
      this.pauseUntil(payload, pause(FETCH_AGAIN_MS, this.parts.stopping));
      return false;
    }
    this.resolve(payload, last);
    return true;
  }

  private notYetDone(records: KafkaMessage[]): KafkaMessage[] {
    return this.doneOffset < 0n ? records : records.filter(({ offset }) => BigInt(offset) > this.doneOffset);
  }

  private handle(records: KafkaMessage[], last: string): Promise<boolean> {
    const work = this.attempt(records, last).finally(() => (this.running = null));
    this.running = work;
    return work;
  }

  private async attempt(records: KafkaMessage[], last: string): Promise<boolean> {
    const { epoch } = this;
    try {
      if (records.length > 0) await this.parts.deliver(records);
    } catch (thrown) {
      const error = classify(thrown);
      if (error.code !== 'LTS_STOPPING') this.logger.error({ event: 'delivery-failed', partition: this.parts.name, code: error.code, error: error.message });
      return false;
    }
    if (epoch >= this.trustedFrom) this.doneOffset = BigInt(last);
    this.nextOffset = BigInt(last) + 1n;
    return true;
  }

  private async resolveLate(payload: EachBatchPayload, work: Promise<boolean>, last: string): Promise<void> {
    const { epoch } = this;
    if (!(await work)) {
      await pause(FETCH_AGAIN_MS, this.parts.stopping);
      return;
    }
    if (epoch === this.epoch) this.resolve(payload, last);
  }

  private resolve(payload: EachBatchPayload, last: string): void {
    payload.resolveOffset(last);
    this.done = BigInt(last) + 1n;
    this.parts.moved();
  }

  private pauseUntil(payload: EachBatchPayload, ended: Promise<unknown>): void {
    const resume = payload.pause();
    const resumed = ended.then(resume, resume);
    this.late = Promise.all([this.late, resumed]).then(() => undefined);
  }
}

/** Last offset that is done with the chunk: what the broker itself notes after the last message of a fetch has offsets, too. */
function endOf(chunk: readonly KafkaMessage[], batch: EachBatchPayload['batch']): string {
  const last = chunk.at(-1);
  return last === undefined || last === batch.messages.at(-1) ? batch.lastOffset() : last.offset;
}
