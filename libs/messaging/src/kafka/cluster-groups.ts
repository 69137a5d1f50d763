import type { Admin } from 'kafkajs';

/** A consumer group and how far it is behind. */
export interface GroupFinding {
  group: string;
  /** In the broker's words: `Stable`, `Empty`, `PreparingRebalance`, … */
  state: string;
  members: number;
  /** Messages not yet committed, by topic; only topics for which the group has a position. */
  lag: Record<string, number>;
}

/** Every group of the cluster that this user may see. */
export async function describeGroups(admin: Admin): Promise<GroupFinding[]> {
  const { groups } = await admin.listGroups();
  const names = groups.map(({ groupId }) => groupId);
  if (names.length === 0) return [];
  const described = await admin.describeGroups(names);
  const ends = new Map<string, Map<number, string>>();
  const findings: GroupFinding[] = [];
  for (const { groupId, state, members } of described.groups) {
    findings.push({ group: groupId, state, members: members.length, lag: await lagOf(admin, groupId, ends) });
  }
  return findings.sort((left, right) => (left.group < right.group ? -1 : 1));
}

async function lagOf(admin: Admin, groupId: string, ends: Map<string, Map<number, string>>): Promise<Record<string, number>> {
  const lag: Record<string, number> = {};
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId })) {
    const end = ends.get(topic) ?? new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, high]));
    ends.set(topic, end);
    const positions = partitions.filter(({ offset }) => Number(offset) >= 0);
    if (positions.length > 0) lag[topic] = positions.reduce((sum, { partition, offset }) => sum + Math.max(0, Number(end.get(partition) ?? offset) - Number(offset)), 0);
  }
  return lag;
}
