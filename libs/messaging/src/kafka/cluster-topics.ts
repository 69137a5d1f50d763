import kafkajs, { type Admin } from 'kafkajs';
import type { TopicPlan } from '@lts/contracts';

/** A topic beside its plan. */
export interface TopicFinding {
  name: string;
  state: 'there' | 'missing' | 'made';
  partitions: number;
  /** Partitions without a leader: nothing can be written to them. */
  leaderless: number;
  /** Partitions some of whose copies are behind. */
  underReplicated: number;
  /** The partitions differ from the plan; nothing changes them by itself. */
  hasOtherPartitions: boolean;
  /** Settings that differ from the plan; `there` is what the broker has. */
  otherConfig: { setting: string; there: string; planned: string }[];
}

/** Compares the cluster's topics with the plans; changes nothing. */
export async function compareTopics(admin: Admin, plans: readonly TopicPlan[]): Promise<TopicFinding[]> {
  const known = new Set(await admin.listTopics());
  const there = plans.filter(({ name }) => known.has(name)).map(({ name }) => name);
  const shapes = await shapesOf(admin, there);
  const configs = await configsOf(admin, there);
  return plans.map((plan) => finding(plan, shapes.get(plan.name), configs.get(plan.name)));
}

/**
 * Makes the topics that are missing, with the replication that the brokers have as their default. What is there stays as it is:
 * more partitions would move competitions to others, and their order would be lost.
 *
 * @returns every topic beside its plan, as it stands afterwards
 */
export async function makeTopics(admin: Admin, plans: readonly TopicPlan[]): Promise<TopicFinding[]> {
  const before = await compareTopics(admin, plans);
  const missing = plans.filter(({ name }) => before.some((topic) => topic.name === name && topic.state === 'missing'));
  if (missing.length === 0) return before;
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map(({ name, partitions, config }) => ({
      topic: name,
      numPartitions: partitions,
      configEntries: Object.entries(config).map(([setting, value]) => ({ name: setting, value })),
    })),
  });
  const made = new Set(missing.map(({ name }) => name));
  const after = await compareTopics(admin, plans);
  return after.map((topic) => (made.has(topic.name) && topic.state === 'there' ? { ...topic, state: 'made' } : topic));
}

interface Shape {
  partitions: number;
  leaderless: number;
  underReplicated: number;
}

async function shapesOf(admin: Admin, topics: string[]): Promise<Map<string, Shape>> {
  if (topics.length === 0) return new Map();
  const metadata = await admin.fetchTopicMetadata({ topics });
  return new Map(
    metadata.topics.map(({ name, partitions }) => [
      name,
      {
        partitions: partitions.length,
        leaderless: partitions.filter(({ leader }) => leader < 0).length,
        underReplicated: partitions.filter(({ isr, replicas }) => isr.length < replicas.length).length,
      },
    ]),
  );
}

async function configsOf(admin: Admin, topics: string[]): Promise<Map<string, Map<string, string>>> {
  if (topics.length === 0) return new Map();
  const described = await admin.describeConfigs({ includeSynonyms: false, resources: topics.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })) });
  return new Map(described.resources.map(({ resourceName, configEntries }) => [resourceName, new Map(configEntries.map(({ configName, configValue }) => [configName, configValue]))]));
}

function finding(plan: TopicPlan, shape: Shape | undefined, config: Map<string, string> | undefined): TopicFinding {
  if (shape === undefined) return { name: plan.name, state: 'missing', partitions: 0, leaderless: 0, underReplicated: 0, hasOtherPartitions: false, otherConfig: [] };
  const otherConfig = Object.entries(plan.config)
    .map(([setting, planned]) => ({ setting, planned, there: config?.get(setting) ?? 'unknown' }))
    .filter(({ planned, there }) => planned !== there);
  return { name: plan.name, state: 'there', ...shape, hasOtherPartitions: shape.partitions !== plan.partitions, otherConfig };
}
