import 'reflect-metadata';
import { Controller, type DynamicModule, Inject, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Partitioners } from 'kafkajs';
import { type RawMessage, frameId, rawMessage } from '@lts/contracts';
import { connectConsumer } from '../src/connect-consumer.js';
import type { OutgoingMessage, ReceivedMessage } from '../src/received-message.js';
import { type ConsumerOptions, NOTIFICATIONS_CONSUMER, RAW_MESSAGES_CONSUMER, type Transport } from '../src/transport.js';

export type Frames = ReceivedMessage<RawMessage>[];

/** What the handlers of the app under test do. */
export class Behaviour {
  frames: (messages: Frames) => Promise<void> | void = () => undefined;
  notifications: (messages: Frames) => Promise<void> | void = () => undefined;
}

@Controller()
class FramesController {
  constructor(@Inject(Behaviour) private readonly behaviour: Behaviour) {}

  @EventPattern('raw-messages', RAW_MESSAGES_CONSUMER)
  async frames(@Payload() messages: Frames): Promise<void> {
    await this.behaviour.frames(messages);
  }

  @EventPattern('notifications', NOTIFICATIONS_CONSUMER)
  async notifications(@Payload() messages: Frames): Promise<void> {
    await this.behaviour.notifications(messages);
  }
}

@Module({})
class FramesModule {
  static with(behaviour: Behaviour): DynamicModule {
    return { module: FramesModule, controllers: [FramesController], providers: [{ provide: Behaviour, useValue: behaviour }] };
  }
}

/** A real Nest app with the given consumers; it is ready when the transport says so. */
export async function startFramesApp(transport: Transport, consumers: ConsumerOptions[], behaviour: Behaviour): Promise<INestApplication> {
  const app = await NestFactory.create(FramesModule.with(behaviour), new FastifyAdapter(), { logger: ['fatal'], abortOnError: false });
  for (const options of consumers) connectConsumer(app, transport.consumer(options));
  await app.init();
  await app.startAllMicroservices();
  return app;
}

export function framesConsumer(topic: string, group: string): ConsumerOptions {
  return { transportId: RAW_MESSAGES_CONSUMER, group, topics: { 'raw-messages': topic }, from: 'earliest' };
}

/** Frames `from` to `to` of a competition, numbered in their text. */
export function framesOf(key: string, from: number, to: number): OutgoingMessage[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const n = from + index;
    return { key, kind: 'raw', value: rawMessage({ id: frameId({ timeMs: 1_700_000_000_000 + n, counter: n }), competitionCode: key, source: 'test', atMs: 1_700_000_000_000 + n, data: String(n) }) };
  });
}

export const numbersOf = (messages: Frames): number[] => messages.map(({ value }) => Number(value.data));

/** The numbers from 1 to `last`. */
export const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** A competition code that falls on this partition. */
export function keyOn(partition: number, partitions: number): string {
  const partitioner = Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionErrorCode: 0, partitionId, leader: 1, replicas: [1], isr: [1] }));
  for (let n = 0; ; n += 1) {
    const key = `race-${n}`;
    if (partitioner({ topic: 't', partitionMetadata, message: { key, value: '' } }) === partition) return key;
  }
}

/** A condition that has not come true by then never will, ms. */
const WAIT_LIMIT_MS = 60_000;

/** Resolves when the condition holds; rejects when it does not come true, so that a failed test ends its wait. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + WAIT_LIMIT_MS;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`It never became true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
