import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Parking } from '../parking.js';
import { Publisher } from '../publisher.js';
import type { OutgoingMessage } from '../received-message.js';
import type { ConsumerOptions, Transport, TransportHealth } from '../transport.js';
import type { EmbeddedBroker } from './embedded-broker.js';
import { EmbeddedStrategy } from './embedded-strategy.js';

class EmbeddedPublisher extends Publisher {
  constructor(private readonly broker: EmbeddedBroker) {
    super();
  }

  publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    return this.broker.publish(topic, messages);
  }
}

/** One stage's view of the embedded broker. */
export class EmbeddedTransport implements Transport {
  readonly kind = 'embedded';
  readonly publisher: Publisher;
  readonly parking: Parking;
  readonly past = null;
  private readonly strategies: EmbeddedStrategy[] = [];

  constructor(
    private readonly broker: EmbeddedBroker,
    errorsPath: string | null,
  ) {
    this.publisher = new EmbeddedPublisher(broker);
    this.parking = new Parking(this.publisher, errorsPath);
  }

  consumer(options: ConsumerOptions): CustomTransportStrategy {
    const strategy = new EmbeddedStrategy(this.broker, options, this.parking);
    this.strategies.push(strategy);
    return strategy;
  }

  onPartitionLost(): void {
    // there is one instance only
  }

  health(): TransportHealth {
    const consumers = this.strategies.map((strategy) => strategy.health());
    return { ready: consumers.every((consumer) => consumer.state === 'running'), consumers };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
