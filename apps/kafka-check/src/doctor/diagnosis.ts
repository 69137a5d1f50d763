import type { TopicPlan } from '@lts/contracts';
import type { BrokerFinding, ClockFinding, GroupFinding, TopicFinding } from '@lts/messaging';
import { type RoundTripFigures, roundTripLine } from '../round-trips.js';

/** What was seen, line by line, and what is wrong with it: each fault a sentence with what to do about it. */
export interface Diagnosis {
  lines: string[];
  faults: string[];
}

const MAKE_TOPICS = 'kafka-check --test_mode topics';

/** Groups of the stages by default, and who reads with them. */
const READERS: Readonly<Record<string, string>> = { 'messages-parser': 'parser', 'raw-storage': 'raw-storage', 'api-sender': 'api-sender', metrics: 'metrics' };

export function diagnoseBrokers(brokers: readonly BrokerFinding[]): Diagnosis {
  const lines = brokers.map(({ server, release, metadataLevel, fault }) => `broker ${server}: ${fault === null ? `Kafka ${release ?? 'of an unknown release'}, metadata.version ${metadataLevel ?? 'unknown'}` : 'no answer'}`);
  const faults = brokers.flatMap(({ server, fault }) => (fault === null ? [] : [`The broker ${server} cannot be used: ${fault}. Start it, or correct KAFKA_SERVERS.`]));
  const releases = [...new Set(brokers.filter(({ fault }) => fault === null).map(({ release }) => release ?? 'unknown'))];
  if (releases.length > 1) faults.push(`The brokers are of different releases (${releases.join(', ')}). Finish the upgrade.`);
  return { lines, faults };
}

export function diagnoseTopics(topics: readonly TopicFinding[], plans: readonly TopicPlan[]): Diagnosis {
  const lines = topics.map(({ name, state, partitions }) => `topic ${name}: ${state === 'missing' ? 'missing' : `${partitions} ${partitions === 1 ? 'partition' : 'partitions'}${state === 'made' ? ', made now' : ''}`}`);
  const faults = topics.flatMap((topic) => topicFaults(topic, plans.find(({ name }) => name === topic.name)));
  return { lines, faults };
}

function topicFaults(topic: TopicFinding, plan: TopicPlan | undefined): string[] {
  const { name } = topic;
  if (topic.state === 'missing') return [`The topic ${name} is missing. Make it: ${MAKE_TOPICS}.`];
  const faults: string[] = [];
  if (topic.hasOtherPartitions && plan !== undefined) faults.push(partitionsFault(topic, plan));
  if (topic.leaderless > 0) faults.push(`The topic ${name} has ${topic.leaderless} partitions without a leader: nothing can be written there. Start the brokers that hold them.`);
  if (topic.underReplicated > 0) faults.push(`The topic ${name} has ${topic.underReplicated} partitions with copies that are behind. Start the brokers that hold them, or look at their disks.`);
  return [...faults, ...topic.otherConfig.map(({ setting, there, planned }) => configFault(name, setting, { there, planned }))];
}

/** Changing the partitions of a topic moves competitions to others, so nothing here does it. */
function partitionsFault({ name, partitions }: TopicFinding, plan: TopicPlan): string {
  const keep = plan.partitions === 1 ? '' : ` To keep them: --partitions ${partitions}.`;
  return `The topic ${name} has ${partitions} partitions, not ${plan.partitions}; they are not changed, since competitions would move and lose their order.${keep} To change them: stop every stage, delete the topic, run ${MAKE_TOPICS}.`;
}

function configFault(topic: string, setting: string, { there, planned }: { there: string; planned: string }): string {
  return `The topic ${topic} has ${setting}=${there}, not ${planned}. Unless that is meant: kafka-configs.sh --alter --topic ${topic} --add-config ${setting}=${planned}.`;
}

export function diagnoseGroups(groups: readonly GroupFinding[], maxLag: number): Diagnosis {
  const lines = groups.map(({ group, state, members, lag }) => `group ${group}: ${state}, ${members} ${members === 1 ? 'member' : 'members'}, ${behind(lag)} behind`);
  const faults = groups.flatMap((found) => groupFaults(found, maxLag));
  return { lines, faults };
}

function behind(lag: Readonly<Record<string, number>>): number {
  return Object.values(lag).reduce((sum, count) => sum + count, 0);
}

function groupFaults({ group, members, lag }: GroupFinding, maxLag: number): string[] {
  const reader = READERS[group];
  const waiting = behind(lag);
  if (reader !== undefined && members === 0) return [`Nobody reads as ${group}, and ${waiting} messages wait. Start ${reader}.`];
  if (members > 0 && waiting > maxLag) return [`The group ${group} is ${waiting} messages behind. See /health/ready of ${reader ?? 'its readers'} for what it waits for; if it waits for nothing, start more instances.`];
  return [];
}

/** @param clock null when the broker does not stamp the messages of the test topic */
export function diagnoseClock(clock: ClockFinding | null, maxSkewMs: number): Diagnosis {
  if (clock === null) return { lines: ['clock not measured: the broker does not stamp the messages of the test topic'], faults: [] };
  const { aheadMs, uncertaintyMs } = clock;
  const lines = [`clock of the brokers: ${Math.abs(aheadMs)} ms ${aheadMs < 0 ? 'behind' : 'ahead of'} ours (± ${uncertaintyMs} ms)`];
  const isOff = Math.abs(aheadMs) - uncertaintyMs > maxSkewMs;
  return { lines, faults: isOff ? [`The clocks differ by ${Math.abs(aheadMs)} ms. Switch on time synchronisation (NTP) on this machine and on the brokers.`] : [] };
}

export function diagnoseRoundTrip(figures: RoundTripFigures): Diagnosis {
  const faults: string[] = [];
  if (figures.lost > 0) faults.push(`${figures.lost} of ${figures.sent} test messages did not come back. Look at the brokers' logs; a topic that others read as well is no reason.`);
  if (figures.doubled > 0) faults.push(`${figures.doubled} test messages came twice. Is something mirroring the topic into itself?`);
  return { lines: [`roundtrip ${roundTripLine(figures)}`], faults };
}
