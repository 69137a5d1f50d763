import { Inject, Injectable } from '@nestjs/common';
import { type TopicPlan, classify, topicPlans } from '@lts/contracts';
import { KafkaCluster } from '@lts/messaging';
import { KafkaCheckEnv } from '../env.js';
import type { Say } from '../say.js';
import { testMessage } from '../test-message.js';
import { TestMessagesService } from '../test-messages.service.js';
import { type Diagnosis, diagnoseBrokers, diagnoseClock, diagnoseGroups, diagnoseRoundTrip, diagnoseTopics } from './diagnosis.js';

/** Looks at one part of the cluster and takes down what it finds; false when the part cannot be seen. */
type Part = (name: string, look: () => Promise<Diagnosis>) => Promise<boolean>;

/** Looks after the cluster: makes topics, finds faults. */
@Injectable()
export class DoctorService {
  constructor(
    @Inject(KafkaCheckEnv) private readonly env: KafkaCheckEnv,
    @Inject(KafkaCluster) private readonly cluster: KafkaCluster,
    @Inject(TestMessagesService) private readonly messages: TestMessagesService,
  ) {}

  /**
   * Makes the topics that are missing and says what differs in the others.
   *
   * @returns false when a topic has other partitions than planned; other differences are only said
   * @throws PipelineError `LTS_KAFKA_UNAVAILABLE` when the brokers do not answer in time, or refuse
   */
  async makeTopics(say: Say): Promise<boolean> {
    await this.cluster.answers(this.env.waitMs);
    const topics = await this.cluster.makeTopics(this.plans());
    const { lines, faults } = diagnoseTopics(topics, this.plans());
    for (const line of lines) say(line);
    for (const fault of faults) say(`differs ${fault}`);
    return topics.every(({ hasOtherPartitions, state }) => !hasOtherPartitions && state !== 'missing');
  }

  /**
   * Looks at everything, says what it sees and each fault with what to do about it.
   *
   * @returns false when there is a fault
   */
  async examine(say: Say): Promise<boolean> {
    const faults: string[] = [];
    const part: Part = async (name, look) => {
      try {
        const found = await look();
        for (const line of found.lines) say(line);
        faults.push(...found.faults);
        return true;
      } catch (error) {
        say(`${name} not seen`);
        faults.push(`${name}: ${classify(error).message}`);
        return false;
      }
    };
    if (await part('cluster', () => this.lookAtBrokers())) await this.lookAtTheRest(part);
    for (const fault of faults) say(`fault ${fault}`);
    say(faults.length === 0 ? 'healthy: no fault found' : `not healthy: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} found`);
    return faults.length === 0;
  }

  private async lookAtBrokers(): Promise<Diagnosis> {
    await this.cluster.answers(this.env.waitMs);
    return diagnoseBrokers(await this.cluster.brokers());
  }

  private async lookAtTheRest(part: Part): Promise<void> {
    const { maxLag, maxSkewMs, kafkaProduce } = this.env;
    const probe = testMessage(0, Date.now());
    let missing: string[] = [];
    await part('topics', async () => {
      const topics = await this.cluster.compareTopics(this.plans());
      missing = topics.filter(({ state }) => state === 'missing').map(({ name }) => name);
      return diagnoseTopics(topics, this.plans());
    });
    await part('groups', async () => diagnoseGroups(await this.cluster.groups(), maxLag));
    // without the topic there is nothing to measure, and its absence is already a fault
    if (missing.includes(kafkaProduce)) return;
    await part('clock', async () => diagnoseClock(await this.cluster.clock(kafkaProduce, probe.competition_code, JSON.stringify(probe)), maxSkewMs));
    await part('roundtrip', async () => diagnoseRoundTrip(await this.messages.roundTrip()));
  }

  private plans(): TopicPlan[] {
    return topicPlans(this.env.partitions);
  }
}
