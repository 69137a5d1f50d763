import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PipelineError, type RawMessage, stampMs } from '@lts/contracts';
import { type ReceivedMessage, TRANSPORT, type Transport } from '@lts/messaging';
import { KafkaCheckEnv } from './env.js';
import { Figures } from './figures.js';
import { counterOf, testMessage } from './test-message.js';

const LOOK_AGAIN_MS = 50;

/** Proves that a broker takes and hands over messages, with figures. */
@Injectable()
export class KafkaCheckService implements OnModuleDestroy {
  private readonly figures = new Figures();
  private readonly stopping = new AbortController();
  private hasSaidListening = false;

  constructor(
    @Inject(KafkaCheckEnv) private readonly env: KafkaCheckEnv,
    @Inject(TRANSPORT) private readonly transport: Transport,
  ) {}

  /**
   * Runs the check to its end.
   *
   * @param say takes a line for the user
   * @throws PipelineError `LTS_KAFKA_UNAVAILABLE` when the broker does not answer in time
   */
  async run(say: (line: string) => void): Promise<void> {
    if (this.env.testMode === 'producer') await this.produce(say);
    else await this.consume(say);
  }

  /** Takes note of messages that have arrived; the line of the listening stands before the first of them. */
  received(messages: readonly ReceivedMessage<RawMessage>[], say: (line: string) => void): void {
    this.sayListening(say);
    for (const { value, place } of messages) {
      const tookMs = Math.max(0, Date.now() - stampMs(value));
      this.figures.add(tookMs);
      say(`received ${counterOf(value)} (partition ${place.partition}, offset ${place.offset}) after ${tookMs} ms`);
    }
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async produce(say: (line: string) => void): Promise<void> {
    const { count, intervalMs, kafkaProduce } = this.env;
    for (let counter = 1; (count === 0 || counter <= count) && !this.isStopping; counter += 1) {
      const value = testMessage(counter, Date.now());
      const startedMs = performance.now();
      await this.inTime(this.transport.publisher.publish(kafkaProduce, [{ key: value.competition_code, kind: 'test', value }]), `takes no message for the topic ${kafkaProduce}`);
      this.figures.add(performance.now() - startedMs);
      say(`sent ${counter}`);
      if (counter !== count) await pause(intervalMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
    say(this.figures.summary('sent and acknowledged'));
  }

  private async consume(say: (line: string) => void): Promise<void> {
    await this.inTime(this.becomesReady(), `hands out no partition of the topic ${this.env.kafkaConsume}`);
    this.sayListening(say);
    while ((this.env.count === 0 || this.figures.messages < this.env.count) && !this.isStopping) await this.look();
    say(this.figures.summary('received'));
  }

  /** Messages may arrive before health is looked at again, so whoever knows it first says it. */
  private sayListening(say: (line: string) => void): void {
    if (this.hasSaidListening) return;
    this.hasSaidListening = true;
    say(`listening on ${this.env.kafkaConsume} as ${this.env.kafkaGroup}`);
  }

  private async becomesReady(): Promise<void> {
    while (!this.transport.health().ready && !this.isStopping) await this.look();
  }

  private look(): Promise<void> {
    return pause(LOOK_AGAIN_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private async inTime(work: Promise<void>, what: string): Promise<void> {
    const limit = new AbortController();
    const late = pause(this.env.waitMs, undefined, { signal: limit.signal }).then(() => {
      const { publisher, consumers } = this.transport.health();
      const states = [publisher?.state, ...consumers.map(({ state }) => state)].filter((state) => state !== undefined);
      const reason = `Kafka at ${this.env.kafkaServers.join(', ')} ${what} within ${this.env.waitMs} ms (${states.join('; ')}). Start the broker, make the topic, or correct --kafka_servers.`;
      throw new PipelineError('LTS_KAFKA_UNAVAILABLE', reason);
    });
    try {
      await Promise.race([work, late]);
    } finally {
      limit.abort();
      late.catch(() => undefined);
    }
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}
