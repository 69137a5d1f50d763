import 'reflect-metadata';
import { Controller, type DynamicModule, Inject, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type NotificationMessage, type RawMessage, TOPICS, notificationMessage } from '@lts/contracts';
import { type EmbeddedBroker, NOTIFICATIONS_CONSUMER, Publisher, RAW_MESSAGES_CONSUMER, type ReceivedMessage, MessagingModule, connectConsumer } from '@lts/messaging';
import { InitLockModule, InitLockService, WATERMARK_SOURCE, type WatermarkSource } from '../src/index.js';

/** What has passed the gate, as `competition text`. */
export class Passed {
  readonly texts: string[] = [];
}

/** A stage with a lock: lets frames through in order, and after each init waits until that is stored. */
@Controller()
class GateController {
  constructor(
    @Inject(InitLockService) private readonly lock: InitLockService,
    @Inject(Passed) private readonly passed: Passed,
    @Inject(Publisher) private readonly publisher: Publisher,
  ) {}

  @EventPattern(TOPICS.rawMessages, RAW_MESSAGES_CONSUMER)
  async frames(@Payload() messages: ReceivedMessage<RawMessage>[]): Promise<void> {
    for (const { key, value } of messages) {
      await this.lock.whenOpen(key);
      const isInit = value.data.startsWith('init|');
      if (isInit) this.lock.close(key, value.id);
      this.passed.texts.push(`${key} ${value.data}`);
      if (isInit) await this.announce(key, value.id);
    }
  }

  @EventPattern(TOPICS.notifications, NOTIFICATIONS_CONSUMER)
  notifications(@Payload() messages: ReceivedMessage<NotificationMessage>[]): void {
    for (const { key, value } of messages) {
      if (value.data.type === 'init-finished') this.lock.finished(key, value.data.data?.init_id ?? null);
    }
  }

  private announce(key: string, initId: string): Promise<void> {
    const value = notificationMessage({ id: `${initId}:init-ongoing`, competitionCode: key, source: 'gate', atMs: 1, data: { type: 'init-ongoing', data: { init_id: initId } } });
    return this.publisher.publish(TOPICS.notifications, [{ key, kind: 'init-ongoing', value }]);
  }
}

@Module({})
class GateModule {
  static with(broker: EmbeddedBroker, source: WatermarkSource, passed: Passed): DynamicModule {
    return {
      module: GateModule,
      imports: [MessagingModule.forRoot(broker.transport()), InitLockModule.forRoot({ provide: WATERMARK_SOURCE, useValue: source })],
      controllers: [GateController],
      providers: [{ provide: Passed, useValue: passed }],
    };
  }
}

export interface Gate {
  app: INestApplication;
  lock: InitLockService;
}

/** Starts the stage as instance `instance`, which hears notifications in a group of its own. */
export async function startGate(broker: EmbeddedBroker, instance: string, parts: { source: WatermarkSource; passed: Passed }): Promise<Gate> {
  const app = await NestFactory.create(GateModule.with(broker, parts.source, parts.passed), new FastifyAdapter(), { logger: ['fatal'], abortOnError: false });
  const transport = broker.transport();
  const frames = { transportId: RAW_MESSAGES_CONSUMER, group: `gate.${instance}`, topics: { [TOPICS.rawMessages]: TOPICS.rawMessages }, from: 'earliest' } as const;
  const notifications = { transportId: NOTIFICATIONS_CONSUMER, group: `gate.notifications.${instance}`, topics: { [TOPICS.notifications]: TOPICS.notifications }, from: 'latest', ephemeral: true } as const;
  for (const options of [notifications, frames]) connectConsumer(app, transport.consumer(options));
  await app.init();
  await app.startAllMicroservices();
  return { app, lock: app.get(InitLockService) };
}
