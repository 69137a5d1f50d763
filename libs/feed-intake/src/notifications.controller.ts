import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { TOPICS } from '@lts/contracts';
import { InitLockService } from '@lts/init-lock';
import { NOTIFICATIONS_CONSUMER, type ReceivedMessage } from '@lts/messaging';

/** Hears that an initialisation has been stored and opens the competition's lock. */
@Controller()
export class NotificationsController {
  constructor(@Inject(InitLockService) private readonly lock: InitLockService) {}

  @EventPattern(TOPICS.notifications, NOTIFICATIONS_CONSUMER)
  handle(@Payload() messages: ReceivedMessage<unknown>[]): void {
    for (const message of messages) {
      const finished = initFinished(message.value);
      if (finished !== null) this.lock.finished(message.key, finished.initId);
    }
  }
}

/** The init that a notification declares finished; its id is null when an older sender left it out. */
function initFinished(value: unknown): { initId: string | null } | null {
  const notification = field(value, 'data');
  if (field(notification, 'type') !== 'init-finished') return null;
  const initId = field(field(notification, 'data'), 'init_id');
  return { initId: typeof initId === 'string' ? initId : null };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
