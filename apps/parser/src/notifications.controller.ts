import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type NotificationMessage, TOPICS } from '@lts/contracts';
import { InitLockService } from '@lts/init-lock';
import { NOTIFICATIONS_CONSUMER, type ReceivedMessage } from '@lts/messaging';
import { ParserService } from './parser.service.js';

/** Hears that an initialisation has been stored, and that what the API knows of a competition has changed. */
@Controller()
export class NotificationsController {
  constructor(
    @Inject(InitLockService) private readonly lock: InitLockService,
    @Inject(ParserService) private readonly parser: ParserService,
  ) {}

  @EventPattern(TOPICS.notifications, NOTIFICATIONS_CONSUMER)
  handle(@Payload() messages: ReceivedMessage<NotificationMessage>[]): void {
    for (const { key, value } of messages) {
      if (value.data.type === 'init-finished') this.lock.finished(key, value.data.data?.init_id ?? null);
      if (value.data.type === 'refresh-info' || value.data.type === 'input-added') this.parser.refreshLater(key);
    }
  }
}
