import { Logger } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { PipelineError } from '@lts/contracts';
import { callHandler } from '../call-handler.js';
import { Delivery } from '../delivery.js';
import type { Parking } from '../parking.js';
import type { ConsumerOptions, TransportHealth } from '../transport.js';
import { settlesWithin } from '../waiting.js';
import type { EmbeddedBroker } from './embedded-broker.js';
import type { EmbeddedGroup } from './embedded-group.js';

/** A handler that has not ended this long after the close is left behind, ms. */
const CLOSE_LIMIT_MS = 3_000;

/** Nest's side of one consumer on the embedded broker. */
export class EmbeddedStrategy extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  protected override readonly logger = new Logger(EmbeddedStrategy.name);
  private readonly deliveries: Delivery[] = [];
  private readonly readings: { pattern: string; topic: string; group: EmbeddedGroup }[];
  private running = false;

  constructor(
    private readonly broker: EmbeddedBroker,
    private readonly options: ConsumerOptions,
    private readonly parking: Parking,
  ) {
    super();
    this.setTransportId(options.transportId);
    this.readings = Object.entries(options.topics).map(([pattern, topic]) => ({ pattern, topic, group: broker.group(topic, options.group) }));
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      for (const { pattern, group } of this.readings) this.bind(pattern, group);
      this.running = true;
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    this.running = false;
    for (const delivery of this.deliveries) delivery.stop();
    const ended = await settlesWithin(Promise.all(this.readings.map(({ group }) => group.stop())), CLOSE_LIMIT_MS);
    if (!ended) this.logger.warn({ event: 'handler-cut', group: this.options.group });
    if (this.options.ephemeral !== true) return;
    for (const { topic } of this.readings) this.broker.removeGroup(topic, this.options.group);
  }

  on(): never {
    throw new Error('The embedded transport has no events of its own.');
  }

  unwrap(): never {
    throw new Error('The embedded transport has no client to unwrap.');
  }

  health(): TransportHealth['consumers'][number] {
    const retrying = this.deliveries.find((delivery) => delivery.retrying.size > 0);
    const lag = this.readings.reduce((sum, { group }) => sum + group.queued, 0);
    const reason = retrying === undefined ? undefined : [...retrying.retrying.values()][0]?.message;
    return { group: this.options.group, state: this.running ? (reason === undefined ? 'running' : `retrying: ${reason}`) : 'stopped', lag };
  }

  private bind(pattern: string, group: EmbeddedGroup): void {
    const handler = this.getHandlerByPattern(pattern);
    if (handler === null) throw new PipelineError('LTS_CONFIGURATION', `The consumer of group ${this.options.group} has no handler for "${pattern}".`);
    const delivery = new Delivery((messages) => callHandler(handler, messages), this.parking);
    this.deliveries.push(delivery);
    group.attach((messages) => delivery.deliver(messages));
  }
}
