import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { INestApplicationContext } from '@nestjs/common';
import { PipelineError } from '@lts/contracts';
import { connectConsumer } from '../connect-consumer.js';
import type { ReceivedMessage } from '../received-message.js';
import { type ConsumerOptions, NOTIFICATIONS_CONSUMER, RAW_MESSAGES_CONSUMER, type Transport } from '../transport.js';
import { Deferred } from './deferred.js';
import { EmbeddedBroker } from './embedded-broker.js';
import { EmbeddedStrategy } from './embedded-strategy.js';

interface Numbered {
  n: number;
}

/** What the handlers of the app have seen, and what they shall do. */
class Seen {
  readonly frames: number[] = [];
  readonly notices: number[] = [];
  failing: Error | null = null;
  held: Promise<void> = Promise.resolve();
}

@Controller()
class TwoConsumers {
  readonly seen = new Seen();
  hooks = 0;

  onModuleInit(): void {
    this.hooks += 1;
  }

  @EventPattern('raw-messages', RAW_MESSAGES_CONSUMER)
  async frames(@Payload() messages: ReceivedMessage<Numbered>[]): Promise<void> {
    await this.seen.held;
    if (this.seen.failing !== null && messages.some(({ value }) => value.n === 2)) throw this.seen.failing;
    this.seen.frames.push(...messages.map(({ value }) => value.n));
  }

  @EventPattern('notifications', NOTIFICATIONS_CONSUMER)
  notices(@Payload() messages: ReceivedMessage<Numbered>[]): void {
    this.seen.notices.push(...messages.map(({ value }) => value.n));
  }
}

@Module({ controllers: [TwoConsumers] })
class TwoConsumersModule {}

const FRAMES: ConsumerOptions = { transportId: RAW_MESSAGES_CONSUMER, group: 'app', topics: { 'raw-messages': 'raw-of-the-flag' }, from: 'earliest' };
const NOTICES: ConsumerOptions = { transportId: NOTIFICATIONS_CONSUMER, group: 'app.notifications.1', topics: { notifications: 'notifications' }, from: 'latest', ephemeral: true };

const of = (...numbers: number[]) => numbers.map((n) => ({ key: 'c', kind: 'test', value: { n } }));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function startApp(transport: Transport, consumers: ConsumerOptions[]) {
  const app = await NestFactory.create(TwoConsumersModule, new FastifyAdapter(), { logger: false, abortOnError: false });
  for (const options of consumers) connectConsumer(app, transport.consumer(options));
  await app.init();
  await app.startAllMicroservices();
  return app;
}

describe(EmbeddedStrategy.name, () => {
  let broker: EmbeddedBroker;
  let transport: Transport;
  let app: INestApplicationContext;
  let seen: Seen;

  beforeEach(async () => {
    broker = new EmbeddedBroker();
    transport = broker.transport();
    app = await startApp(transport, [FRAMES, NOTICES]);
    seen = app.get(TwoConsumers).seen;
  });
  afterEach(async () => {
    await app.close();
    await broker.close();
  });

  it('serves each consumer its own handlers, under the name that a flag gave the topic', async () => {
    await transport.publisher.publish('raw-of-the-flag', of(1, 2));
    await transport.publisher.publish('notifications', of(3));
    await broker.idle();
    expect(seen.frames).toEqual([1, 2]);
    expect(seen.notices).toEqual([3]);
    expect(transport.health()).toEqual({
      ready: true,
      consumers: [
        { group: 'app', state: 'running', lag: 0 },
        { group: 'app.notifications.1', state: 'running', lag: 0 },
      ],
    });
  });

  it('calls the hooks of the app once, however many consumers it has', () => {
    expect(app.get(TwoConsumers).hooks).toBe(1);
  });

  it('serves notifications while a handler of frames waits', async () => {
    const held = new Deferred<void>();
    seen.held = held.promise;
    await transport.publisher.publish('raw-of-the-flag', of(1));
    await transport.publisher.publish('notifications', of(3));
    await turn();
    expect(seen.notices).toEqual([3]);
    expect(seen.frames).toEqual([]);
    held.resolve();
    await broker.idle();
    expect(seen.frames).toEqual([1]);
  });

  it('tries a retriable error again in place and shows it in health until it has passed', async () => {
    seen.failing = new PipelineError('LTS_API_UNAVAILABLE', 'The API is away.');
    await transport.publisher.publish('raw-of-the-flag', of(1, 2, 3));
    while (transport.health().ready) await turn();
    expect(transport.health().consumers[0]?.state).toBe('retrying: The API is away.');
    seen.failing = null;
    await broker.idle();
    expect(seen.frames).toEqual([1, 2, 3]);
    expect(transport.health().ready).toBe(true);
    expect(transport.parking.parkedCount).toBe(0);
  });

  it('parks the message that a handler rejects for good', async () => {
    const parked: ReceivedMessage<unknown>[] = [];
    broker.group('raw-of-the-flag.parked', 'people').attach((messages) => Promise.resolve(void parked.push(...messages)));
    seen.failing = new Error('two is not allowed');
    await transport.publisher.publish('raw-of-the-flag', of(1, 2, 3));
    await broker.idle();
    expect(seen.frames).toEqual([1, 3]);
    expect(parked.map(({ value }) => value)).toMatchObject([{ code: 'LTS_MESSAGE_INVALID', message: 'two is not allowed', place: { topic: 'raw-of-the-flag', partition: 0, offset: '1' }, value: { n: 2 } }]);
  });

  it('lets the running handler finish when the app closes, and calls none afterwards', async () => {
    const held = new Deferred<void>();
    seen.held = held.promise;
    await transport.publisher.publish('raw-of-the-flag', of(1));
    await turn();
    await transport.publisher.publish('raw-of-the-flag', of(2));
    const closed = app.close();
    await turn();
    held.resolve();
    await closed;
    await transport.publisher.publish('raw-of-the-flag', of(3));
    await broker.idle();
    expect(seen.frames).toEqual([1]);
    expect(transport.health().consumers.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  });

  it('refuses to start when no handler carries the pattern and the symbol of a consumer', async () => {
    const wrong = { ...FRAMES, transportId: Symbol('nobody'), group: 'other' };
    await expect(startApp(broker.transport(), [wrong])).rejects.toThrow('The consumer of group other has no handler for "raw-messages".');
  });
});
