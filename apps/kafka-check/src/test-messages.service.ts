import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PipelineError, type RawMessage, stampMs } from '@lts/contracts';
import { type ReceivedMessage, TRANSPORT, type Transport } from '@lts/messaging';
import { KafkaCheckEnv } from './env.js';
import { Figures } from './figures.js';
import { type RoundTripFigures, RoundTrips } from './round-trips.js';
import type { Say } from './say.js';
import { counterOf, testMessage } from './test-message.js';

const LOOK_AGAIN_MS = 50;

/** At most, between two messages of a round trip, ms. */
const ROUND_TRIP_INTERVAL_MS = 10;

/** After the last message has come back, a message that comes twice has this long to show itself, ms. */
const DOUBLES_SHOW_MS = 500;

/** Sends test messages and takes note of those that arrive. */
@Injectable()
export class TestMessagesService implements OnModuleDestroy {
  private readonly figures = new Figures();
  private readonly trips = new RoundTrips();
  private readonly stopping = new AbortController();
  private hasSaidListening = false;

  constructor(
    @Inject(KafkaCheckEnv) private readonly env: KafkaCheckEnv,
    @Inject(TRANSPORT) private readonly transport: Transport,
  ) {}

  /** Takes note of messages that have arrived; the line of the listening stands before the first of them. */
  received(messages: readonly ReceivedMessage<RawMessage>[], say: Say): void {
    if (this.env.testMode !== 'consumer') {
      for (const { value } of messages) this.trips.received(value.id, performance.now());
      return;
    }
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

  /** @throws PipelineError `LTS_KAFKA_UNAVAILABLE` when the broker does not take a message in time */
  async produce(say: Say): Promise<void> {
    const { count, intervalMs } = this.env;
    for (let counter = 1; (count === 0 || counter <= count) && !this.isStopping; counter += 1) {
      const startedMs = performance.now();
      await this.send(testMessage(counter, Date.now()));
      this.figures.add(performance.now() - startedMs);
      say(`sent ${counter}`);
      if (counter !== count) await this.rest(intervalMs);
    }
    say(this.figures.summary('sent and acknowledged'));
  }

  /** @throws PipelineError `LTS_KAFKA_UNAVAILABLE` when the broker hands out no partition in time */
  async consume(say: Say): Promise<void> {
    await this.isListening();
    this.sayListening(say);
    while ((this.env.count === 0 || this.figures.messages < this.env.count) && !this.isStopping) await this.rest(LOOK_AGAIN_MS);
    say(this.figures.summary('received'));
  }

  /**
   * Sends messages and reads them back, in this one process, so that no clock but its own counts.
   *
   * @throws PipelineError `LTS_KAFKA_UNAVAILABLE` when the broker takes no message or hands out no partition in time
   */
  async roundTrip(): Promise<RoundTripFigures> {
    await this.isListening();
    const count = Math.max(1, this.env.count);
    for (let counter = 1; counter <= count && !this.isStopping; counter += 1) {
      const value = testMessage(counter, Date.now());
      this.trips.sent(value.id, performance.now());
      await this.send(value);
      if (counter < count) await this.rest(Math.min(this.env.intervalMs, ROUND_TRIP_INTERVAL_MS));
    }
    const untilMs = performance.now() + this.env.waitMs;
    while (!this.trips.allAreBack && performance.now() < untilMs && !this.isStopping) await this.rest(LOOK_AGAIN_MS);
    await this.rest(DOUBLES_SHOW_MS);
    return this.trips.figures();
  }

  private send(value: RawMessage): Promise<void> {
    const { kafkaProduce } = this.env;
    return this.inTime(this.transport.publisher.publish(kafkaProduce, [{ key: value.competition_code, kind: 'test', value }]), `takes no message for the topic ${kafkaProduce}`);
  }

  private isListening(): Promise<void> {
    return this.inTime(this.becomesReady(), `hands out no partition of the topic ${this.env.kafkaConsume}`);
  }

  /** Messages may arrive before health is looked at again, so whoever knows it first says it. */
  private sayListening(say: Say): void {
    if (this.hasSaidListening) return;
    this.hasSaidListening = true;
    say(`listening on ${this.env.kafkaConsume} as ${this.env.kafkaGroup}`);
  }

  private async becomesReady(): Promise<void> {
    while (!this.transport.health().ready && !this.isStopping) await this.rest(LOOK_AGAIN_MS);
  }

  private rest(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
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
