import { performance } from 'node:perf_hooks';
import { type Admin, type Kafka, Partitioners } from 'kafkajs';
import { PipelineError, type TopicPlan } from '@lts/contracts';
import { pause } from '../waiting.js';
import { type BrokerFinding, askBroker } from './broker-versions.js';
import { type GroupFinding, describeGroups } from './cluster-groups.js';
import { type TopicFinding, compareTopics, makeTopics } from './cluster-topics.js';
import { withAdmin } from './consumer-groups.js';
import { type KafkaAccess, type KafkaAddress, kafkaAddress } from './kafka-address.js';
import { newKafka } from './kafka-client.js';
import { reasonOf } from './kafka-reasons.js';

const LOOK_AGAIN_MS = 500;

/** The brokers' clock against ours. */
export interface ClockFinding {
  /** How far the broker's clock is ahead of ours, ms; negative when it is behind. */
  aheadMs: number;
  /** The figure may be wrong by this much, ms. */
  uncertaintyMs: number;
}

/** A cluster as those who look after it see it. Every method rejects with `LTS_KAFKA_UNAVAILABLE` and the reason in words when it cannot be asked. */
export class KafkaCluster {
  private readonly address: KafkaAddress;
  private readonly kafka: Kafka;

  /** @throws PipelineError `LTS_CONFIGURATION` when the settings of TLS or SASL are wrong */
  constructor(access: KafkaAccess, clientName: string) {
    this.address = kafkaAddress(access, clientName);
    this.kafka = newKafka(this.address);
  }

  /** Resolves when the cluster answers; rejects with the last reason when it has not after `limitMs`. */
  async answers(limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    for (;;) {
      try {
        await this.asAdmin((admin) => admin.describeCluster());
        return;
      } catch (error) {
        if (performance.now() + LOOK_AGAIN_MS > until) throw error;
        await pause(LOOK_AGAIN_MS, new AbortController().signal);
      }
    }
  }

  /** Each of the addresses of `kafka_servers`, and each broker that the cluster names; what does not answer says why. */
  async brokers(): Promise<BrokerFinding[]> {
    const named = await this.asAdmin(async (admin) => (await admin.describeCluster()).brokers.map(({ host, port }) => `${host}:${port}`));
    const all = [...new Set([...this.address.servers, ...named])];
    return Promise.all(all.map((server) => askBroker(server, this.address)));
  }

  compareTopics(plans: readonly TopicPlan[]): Promise<TopicFinding[]> {
    return this.asAdmin((admin) => compareTopics(admin, plans));
  }

  makeTopics(plans: readonly TopicPlan[]): Promise<TopicFinding[]> {
    return this.asAdmin((admin) => makeTopics(admin, plans));
  }

  groups(): Promise<GroupFinding[]> {
    return this.asAdmin(describeGroups);
  }

  /** Sends one message to a topic whose messages the broker stamps; null when it does not stamp them. */
  async clock(topic: string, key: string, value: string): Promise<ClockFinding | null> {
    const producer = this.kafka.producer({ allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner });
    try {
      await producer.connect();
      // the first send also asks where the topic is; the second one takes the bare way
      await producer.send({ topic, acks: -1, messages: [{ key, value }] });
      const sentMs = Date.now();
      const startedMs = performance.now();
      const [record] = await producer.send({ topic, acks: -1, messages: [{ key, value }] });
      const tookMs = performance.now() - startedMs;
      const stampMs = Number(record?.logAppendTime ?? -1);
      return stampMs < 0 ? null : { aheadMs: Math.round(stampMs - sentMs - tookMs / 2), uncertaintyMs: Math.ceil(tookMs / 2) };
    } catch (thrown) {
      throw this.unavailable(thrown);
    } finally {
      await producer.disconnect().catch(() => undefined);
    }
  }

  private async asAdmin<Value>(work: (admin: Admin) => Promise<Value>): Promise<Value> {
    try {
      return await withAdmin(this.kafka, work);
    } catch (thrown) {
      throw this.unavailable(thrown);
    }
  }

  private unavailable(thrown: unknown): PipelineError {
    return new PipelineError('LTS_KAFKA_UNAVAILABLE', reasonOf(thrown, this.address), { cause: thrown });
  }
}
