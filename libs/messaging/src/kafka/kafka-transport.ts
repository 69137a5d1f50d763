import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Parking } from '../parking.js';
import type { ConsumerOptions, Transport, TransportHealth } from '../transport.js';
import { type KafkaAccess, type KafkaAddress, kafkaAddress } from './kafka-address.js';
import { KAFKA_LIMITS, type KafkaLimits } from './kafka-limits.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { KafkaStrategy } from './kafka-strategy.js';

class KafkaTransport implements Transport {
  readonly kind = 'kafka';
  readonly publisher: KafkaPublisher;
  readonly parking: Parking;
  private readonly strategies: KafkaStrategy[] = [];

  constructor(
    private readonly address: KafkaAddress,
    private readonly limits: KafkaLimits,
    errorsPath: string | null,
  ) {
    this.publisher = new KafkaPublisher(address, limits);
    this.parking = new Parking(this.publisher, errorsPath);
  }

  consumer(options: ConsumerOptions): CustomTransportStrategy {
    const { address, limits, parking } = this;
    const strategy = new KafkaStrategy({ address, options, limits, parking });
    this.strategies.push(strategy);
    return strategy;
  }

  health(): TransportHealth {
    const { ready, ...publisher } = this.publisher.health();
    const consumers = this.strategies.map((strategy) => strategy.health());
    return { ready: ready && consumers.every(({ state }) => state === 'running'), consumers, publisher };
  }

  close(): Promise<void> {
    return this.publisher.close();
  }
}

/**
 * A stage's transport on Apache Kafka. Nothing is connected before it is used; a broker that is away is waited for.
 * Parked messages are also written to the stage's folder `errorsPath`, if its settings have one.
 *
 * @throws PipelineError `LTS_CONFIGURATION` when the settings of TLS or SASL contradict each other or name a file that cannot be read
 */
export function kafkaTransport(env: KafkaAccess & { errorsPath?: string }, stageName: string, limits: Partial<KafkaLimits> = {}): Transport {
  return new KafkaTransport(kafkaAddress(env, stageName), { ...KAFKA_LIMITS, ...limits }, env.errorsPath ?? null);
}
