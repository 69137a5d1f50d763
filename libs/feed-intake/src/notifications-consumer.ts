import { randomUUID } from 'node:crypto';
import { TOPICS } from '@lts/contracts';
import { type ConsumerOptions, NOTIFICATIONS_CONSUMER } from '@lts/messaging';

/** The consumer through which an instance of a listener hears notifications: a group of its own, from the latest on. */
export function notificationsConsumer(app: string, env: { instance?: string; kafkaNotifications: string }): ConsumerOptions {
  const instance = env.instance ?? randomUUID().slice(0, 8);
  return {
    transportId: NOTIFICATIONS_CONSUMER,
    group: `${app}.notifications.${instance}`,
    topics: { [TOPICS.notifications]: env.kafkaNotifications },
    from: 'latest',
    ephemeral: true,
  };
}
