import { describe, expect, it } from '@jest/globals';
import { topicPlans } from '@lts/contracts';
import type { TopicFinding } from '@lts/messaging';
import { diagnoseBrokers, diagnoseClock, diagnoseGroups, diagnoseTopics } from './diagnosis.js';

const whole: TopicFinding = { name: 'standard', state: 'there', partitions: 12, leaderless: 0, underReplicated: 0, hasOtherPartitions: false, otherConfig: [] };
const broker = { metadataLevel: 27, fault: null };

describe('The diagnosis', () => {
  it('finds brokers of different releases', () => {
    const { lines, faults } = diagnoseBrokers([{ ...broker, server: 'a:1', release: '4.1' }, { ...broker, server: 'b:1', release: '4.0' }]);
    expect(lines).toEqual(['broker a:1: Kafka 4.1, metadata.version 27', 'broker b:1: Kafka 4.0, metadata.version 27']);
    expect(faults).toEqual(['The brokers are of different releases (4.1, 4.0). Finish the upgrade.']);
  });

  it('finds partitions without a leader and copies that are behind', () => {
    expect(diagnoseTopics([whole], topicPlans()).faults).toEqual([]);
    expect(diagnoseTopics([{ ...whole, leaderless: 2, underReplicated: 3 }], topicPlans()).faults).toEqual([expect.stringContaining('2 partitions without a leader'), expect.stringContaining('3 partitions with copies that are behind')]);
  });

  it('tells how to keep partitions only where that can be chosen', () => {
    const [standard] = diagnoseTopics([{ ...whole, partitions: 4, hasOtherPartitions: true }], topicPlans()).faults;
    const [notifications] = diagnoseTopics([{ ...whole, name: 'notifications', partitions: 4, hasOtherPartitions: true }], topicPlans()).faults;
    expect(standard).toContain('To keep them: --partitions 4.');
    expect(notifications).not.toContain('To keep them');
  });

  it('forgives a group of others that nobody reads with', () => {
    const group = { state: 'Empty', members: 0, lag: { standard: 5_000 } };
    expect(diagnoseGroups([{ ...group, group: 'a-notebook' }], 1_000).faults).toEqual([]);
    expect(diagnoseGroups([{ ...group, group: 'api-sender' }], 1_000).faults).toEqual(['Nobody reads as api-sender, and 5000 messages wait. Start api-sender.']);
  });

  it('blames a clock only beyond what the measurement leaves open', () => {
    expect(diagnoseClock({ aheadMs: -540, uncertaintyMs: 50 }, 500)).toEqual({ lines: ['clock of the brokers: 540 ms behind ours (± 50 ms)'], faults: [] });
    expect(diagnoseClock({ aheadMs: 560, uncertaintyMs: 50 }, 500).faults).toHaveLength(1);
    expect(diagnoseClock(null, 500)).toEqual({ lines: ['clock not measured: the broker does not stamp the messages of the test topic'], faults: [] });
  });
});
