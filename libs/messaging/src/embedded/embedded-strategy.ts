import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { PipelineError } from '@lts/contracts';
import { Delivery } from '../delivery.js';
import type { Parking } from '../parking.js';
import type { ReceivedMessage } from '../received-message.js';
import type { ConsumerOptions, TransportHealth } from '../transport.js';
import type { EmbeddedBroker } from './embedded-broker.js';

/** Nest's side of one consumer on the embedded broker. */
export class EmbeddedStrategy extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly deliveries: Delivery[] = [];
  private readonly topics: [pattern: string, topic: string][];
  private running = false;

  constructor(
    private readonly broker: EmbeddedBroker,
    private readonly options: ConsumerOptions,
    private readonly parking: Parking,
  ) {
    super();
    this.setTransportId(options.transportId);
    this.topics = Object.entries(options.topics);
    for (const [, topic] of this.topics) broker.group(topic, options.group);
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      for (const [pattern, topic] of this.topics) this.bind(pattern, topic);
      this.running = true;
      callback();
    } catch (error) {
      callback(error);
    }
  }

  close(): void {
    this.running = false;
    for (const delivery of this.deliveries) delivery.stop();
    for (const [, topic] of this.topics) {
      if (this.options.ephemeral === true) this.broker.removeGroup(topic, this.options.group);
    }
  }

  on(): never {
    throw new Error('The embedded transport has no events of its own.');
  }

  unwrap(): never {
    throw new Error('The embedded transport has no client to unwrap.');
  }

  health(): TransportHealth['consumers'][number] {
    const retrying = this.deliveries.find((delivery) => delivery.retrying.size > 0);
    const lag = this.topics.reduce((sum, [, topic]) => sum + this.broker.group(topic, this.options.group).queued, 0);
    const reason = retrying === undefined ? undefined : [...retrying.retrying.values()][0];
    return { group: this.options.group, state: this.running ? (reason === undefined ? 'running' : `retrying: ${reason}`) : 'stopped', lag };
  }

  private bind(pattern: string, topic: string): void {
    const handler = this.getHandlerByPattern(pattern);
    if (handler === null) throw new PipelineError('LTS_CONFIGURATION', `The consumer of group ${this.options.group} has no handler for "${pattern}".`);
    const delivery = new Delivery((messages) => call(handler, messages), this.parking);
    this.deliveries.push(delivery);
    this.broker.group(topic, this.options.group).attach((messages) => delivery.deliver(messages));
  }
}

/** Calls a Nest handler and waits for all it does. */
async function call(handler: MessageHandler, messages: readonly ReceivedMessage<unknown>[]): Promise<void> {
  const result: unknown = await handler(messages);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
