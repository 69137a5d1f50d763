import { Logger } from '@nestjs/common';
import type { Admin, Kafka } from 'kafkajs';
import { classify } from '@lts/contracts';
import type { StoredPosition } from './partition.js';

const logger = new Logger('ConsumerGroups');

/** Runs `work` with an admin connection of its own. */
export async function withAdmin<Value>(kafka: Kafka, work: (admin: Admin) => Promise<Value>): Promise<Value> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** The topics of the list that the cluster does not have, or does not let this client see. */
export async function missingTopics(kafka: Kafka, topics: readonly string[]): Promise<string[]> {
  const known = new Set(await withAdmin(kafka, (admin) => admin.listTopics()));
  return topics.filter((topic) => !known.has(topic));
}

/** Removes a group that nobody will read with again; a failure is harmless, the broker forgets it later by itself. */
export async function removeGroup(kafka: Kafka, group: string): Promise<void> {
  try {
    await withAdmin(kafka, (admin) => admin.deleteGroups([group]));
  } catch (thrown) {
    logger.debug({ event: 'group-not-removed', group, error: classify(thrown).message });
  }
}

/** Removes the groups that killed instances of the same kind left behind: same name but for the part after the last dot, and without members. */
export async function removeLeftovers(kafka: Kafka, group: string): Promise<void> {
  const prefix = group.slice(0, group.lastIndexOf('.') + 1);
  if (prefix === '') return;
  try {
    await withAdmin(kafka, async (admin) => {
      const { groups } = await admin.listGroups();
      const alike = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(prefix) && id !== group);
      if (alike.length === 0) return;
      const described = await admin.describeGroups(alike);
      const left = described.groups.filter(({ state }) => state === 'Empty' || state === 'Dead').map(({ groupId }) => groupId);
      if (left.length > 0) await admin.deleteGroups(left);
    });
  } catch (thrown) {
    logger.debug({ event: 'leftovers-not-removed', group, error: classify(thrown).message });
  }
}

/** What the broker has stored of the group's positions, as a function of the partition. */
export async function storedPositions(kafka: Kafka, { group, topics }: { group: string; topics: readonly string[] }): Promise<(of: { topic: string; partition: number }) => StoredPosition> {
  const answer = await withAdmin(kafka, (admin) => admin.fetchOffsets({ groupId: group, topics: [...topics] }));
  const stored = new Map(answer.flatMap(({ topic, partitions }) => partitions.map((one) => [`${topic}/${one.partition}`, { offset: Number(one.offset) < 0 ? null : BigInt(one.offset), text: one.metadata }])));
  return ({ topic, partition }) => stored.get(`${topic}/${partition}`) ?? { offset: null, text: null };
}
