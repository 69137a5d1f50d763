import { PipelineError } from '@lts/contracts';
import type { EncodedMessage } from './wire.js';

/** One call of `publish`: resolves when all its messages are acknowledged, rejects with the first that cannot be. */
class PublishCall {
  readonly promise: Promise<void>;
  private open: number;
  private resolve: () => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  constructor(messages: number) {
    this.open = messages;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    if (messages === 0) this.resolve();
  }

  acknowledged(): void {
    this.open -= 1;
    if (this.open === 0) this.resolve();
  }

  refused(error: Error): void {
    this.reject(error);
  }
}

interface Waiting extends EncodedMessage {
  call: PublishCall;
}

/** What one send carries. It is repeated exactly as it is until it is acknowledged, or the broker could not tell a repeat. */
export type Chunk = readonly Waiting[];

/** The messages of one topic on their way to the broker, in order; calls that wait are merged into the next send. */
export class TopicQueue {
  /** Set while the topic alone cannot be sent to, Unix ms. */
  blockedUntilMs = 0;
  /** Failed sends in a row. */
  failures = 0;
  private waiting: Waiting[] = [];
  private chunk: Chunk | null = null;

  constructor(readonly topic: string) {}

  get length(): number {
    return this.waiting.length + (this.chunk?.length ?? 0);
  }

  put(messages: readonly EncodedMessage[]): Promise<void> {
    const call = new PublishCall(messages.length);
    for (const message of messages) this.waiting.push({ ...message, call });
    return call.promise;
  }

  /** What is to be sent next, at most `maxBytes` unless one message alone is larger. */
  next(maxBytes: number): Chunk {
    if (this.chunk !== null) return this.chunk;
    let bytes = 0;
    let count = 0;
    for (const message of this.waiting) {
      bytes += message.bytes;
      if (count > 0 && bytes > maxBytes) break;
      count += 1;
    }
    this.chunk = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    return this.chunk;
  }

  acknowledged(): void {
    const sent = this.chunk ?? [];
    this.chunk = null;
    this.failures = 0;
    for (const { call } of sent) call.acknowledged();
  }

  /** The broker takes nothing that large: half of it next, or a message that is too large alone is given up. */
  tooLarge(): void {
    const chunk = this.chunk ?? [];
    this.chunk = null;
    const [only] = chunk;
    if (chunk.length > 1) {
      const half = Math.ceil(chunk.length / 2);
      this.waiting = [...chunk.slice(half), ...this.waiting];
      this.chunk = chunk.slice(0, half);
    } else if (only !== undefined) {
      const sentence = `A message of ${only.bytes} bytes is larger than the broker takes for ${this.topic} (max.message.bytes).`;
      only.call.refused(new PipelineError('LTS_MESSAGE_INVALID', sentence, { competitionCode: String(only.record.key) }));
    }
  }

  /** Turns away all that waits. */
  refuseAll(error: PipelineError): void {
    for (const { call } of [...(this.chunk ?? []), ...this.waiting]) call.refused(error);
    this.chunk = null;
    this.waiting = [];
  }
}
