import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Parking } from '../parking.js';
import type { ConsumerOptions, PartitionLost, Transport, TransportHealth } from '../transport.js';
import { type KafkaAccess, type KafkaAddress, kafkaAddress } from './kafka-address.js';
import { KAFKA_LIMITS, type KafkaLimits } from './kafka-limits.js';
import { KafkaPast } from './kafka-past.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { KafkaStrategy } from './kafka-strategy.js';

class KafkaTransport implements Transport {
  readonly kind = 'kafka';
  readonly publisher: KafkaPublisher;
  readonly parking: Parking;
  readonly past: KafkaPast;
  private readonly strategies: KafkaStrategy[] = [];
  private readonly lostListeners: PartitionLost[] = [];

  constructor(
    private readonly address: KafkaAddress,
    private readonly limits: KafkaLimits,
    errorsPath: string | null,
  ) {
    this.publisher = new KafkaPublisher(address, limits);
    this.parking = new Parking(this.publisher, errorsPath);
    this.past = new KafkaPast(address);
  }

  consumer(options: ConsumerOptions): CustomTransportStrategy {
    const { address, limits, parking } = this;
    const strategy = new KafkaStrategy({
      address,
      options,
      limits,
      parking,
      isBrokerAway: () => !this.publisher.health().ready,
      lost: (topic, partition) => {
        for (const listener of this.lostListeners) listener(topic, partition);
      },
    });
    this.strategies.push(strategy);
    return strategy;
  }

  onPartitionLost(listener: PartitionLost): void {
    this.lostListeners.push(listener);
  }

  health(): TransportHealth {
    const { ready, ...publisher } = this.publisher.health();
    const consumers = this.strategies.map((strategy) => strategy.health());
    return { ready: ready && consumers.every(({ state }) => state === 'running'), consumers, publisher };
  }

  close(): Promise<void> {
    this.past.stop();
    return this.publisher.close();
  }
}

/**
 * A stage's transport on Apache Kafka. Nothing is connected before it is used; a broker that is away is waited for.
 * Parked messages are also written to the stage's folder `errorsPath`, if its settings have one.
 *
 * @throws PipelineError `LTS_CONFIGURATION` when the settings of TLS or SASL contradict each other or name a file that cannot be read
 */
export function kafkaTransport(env: KafkaAccess & { errorsPath?: string; competitionWaitMs?: number }, stageName: string, limits: Partial<KafkaLimits> = {}): Transport {
  const waits = env.competitionWaitMs === undefined ? {} : { competitionWaitMs: env.competitionWaitMs };
  return new KafkaTransport(kafkaAddress(env, stageName), { ...KAFKA_LIMITS, ...waits, ...limits }, env.errorsPath ?? null);
}
