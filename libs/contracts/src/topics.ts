/** Names of the topics; each can be replaced by a flag of the stage. The key is always the competition code. */
export const TOPICS = {
  rawMessages: 'raw-messages',
  standard: 'standard',
  notifications: 'notifications',
  parserState: 'parser-state',
  metricsState: 'metrics-state',
  test: 'test-topic',
} as const;

/** Where messages of a topic go that were rejected for good. */
export function parkedTopic(topic: string): string {
  return `${topic}.parked`;
}

/** Version of the messages' form, sent in the header `lts-version`. */
export const MESSAGE_VERSION = '1';

/** How a topic is to be made. */
export interface TopicPlan {
  name: string;
  partitions: number;
  /** Settings of the topic in the broker's own words, e.g. `retention.ms`. */
  config: Readonly<Record<string, string>>;
}

/** Partitions of the topics whose competitions are shared out among instances; so many instances of a stage can work at once. */
export const COMPETITION_PARTITIONS = 12;

const DAY_MS = 24 * 60 * 60 * 1_000;

function keptFor(days: number): TopicPlan['config'] {
  return { 'cleanup.policy': 'delete', 'retention.ms': String(days * DAY_MS) };
}

/**
 * The state of a race of 24 hours with 60 teams takes about 1.5 MB; a frame of the largest size that is accepted takes 3 MB
 * when its letters are of the kind that JSON writes as six. Brokers take 1 MB by default.
 */
const LARGEST = { 'max.message.bytes': String(8 * 1024 * 1024) };

const COMPACTED: TopicPlan['config'] = { 'cleanup.policy': 'compact', ...LARGEST };

function plan(name: string, partitions: number, config: TopicPlan['config']): TopicPlan {
  return { name, partitions, config };
}

/**
 * Every topic of the pipeline, as it is to be made. A state topic has the partitions of the topic it belongs to,
 * so that one instance owns a competition in both. `notifications` has one partition: every instance reads all of it.
 * The broker stamps the messages of the test topic itself, which shows its clock.
 */
export function topicPlans(competitionPartitions: number = COMPETITION_PARTITIONS): TopicPlan[] {
  const { rawMessages, standard, notifications, parserState, metricsState, test } = TOPICS;
  return [
    plan(rawMessages, competitionPartitions, { ...keptFor(7), ...LARGEST }),
    plan(standard, competitionPartitions, { ...keptFor(7), ...LARGEST }),
    plan(notifications, 1, keptFor(1)),
    plan(parserState, competitionPartitions, COMPACTED),
    plan(metricsState, competitionPartitions, COMPACTED),
    plan(test, 3, { ...keptFor(1), 'message.timestamp.type': 'LogAppendTime' }),
    ...[rawMessages, standard, notifications, test].map((topic) => plan(parkedTopic(topic), 1, keptFor(30))),
  ];
}
