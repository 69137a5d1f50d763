import type { OutgoingMessage } from './received-message.js';

/**
 * Sends messages. Order of calls is the order in the topic for each key, also without awaiting in between.
 *
 * Guarantees: a resolved call is durable in the sense of the transport (acknowledged by all replicas, or recorded on disk);
 * it waits while the topic's readers are behind (back-pressure) and while the broker is away.
 */
export abstract class Publisher {
  /** @throws PipelineError `LTS_STOPPING` when the transport is closed before the messages were accepted */
  abstract publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
}
