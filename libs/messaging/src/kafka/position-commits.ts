import { Logger } from '@nestjs/common';
import type { Consumer } from 'kafkajs';
import { classify } from '@lts/contracts';

/** How far one partition is done, and what travels with it. */
export interface PartitionPosition {
  topic: string;
  partition: number;
  /** Offset of the first message that is not done; null before anything is known. */
  position: () => bigint | null;
  /** Positions of the competitions set aside. */
  aside: () => string;
}

/** Partitions whose position is to be committed: many are stored at once, since a commit costs a round trip. At most one entry a partition. */
export class PositionCommits {
  private readonly logger = new Logger(PositionCommits.name);
  private readonly due = new Set<PartitionPosition>();
  private running: Promise<void> | null = null;

  mark(partition: PartitionPosition): void {
    this.due.add(partition);
  }

  /** The partition is no longer ours. */
  forget(partition: PartitionPosition): void {
    this.due.delete(partition);
  }

  /** Asks the broker to store what is due; one commit at a time. What it refuses stays due. Only the consumer's event tells that it has stored something. */
  async flush(consumer: Consumer): Promise<void> {
    while (this.running !== null) await this.running;
    if (this.due.size === 0) return;
    this.running = this.commit(consumer).finally(() => (this.running = null));
    await this.running;
  }

  private async commit(consumer: Consumer): Promise<void> {
    const partitions = [...this.due].flatMap((partition) => {
      const position = partition.position();
      return position === null ? [] : [{ partition, position, metadata: partition.aside() }];
    });
    this.due.clear();
    if (partitions.length === 0) return;
    try {
      await consumer.commitOffsets(partitions.map(({ partition: { topic, partition }, position, metadata }) => ({ topic, partition, offset: String(position), metadata })));
    } catch (thrown) {
      // a group that is just being rearranged refuses the commit; the next one covers it
      for (const { partition } of partitions) this.due.add(partition);
      this.logger.debug({ event: 'commit-refused', error: classify(thrown).message });
    }
  }
}
