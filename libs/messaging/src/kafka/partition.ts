import type { EachBatchPayload } from 'kafkajs';
import type { KafkaLimits } from './kafka-limits.js';
import { PartitionDelivery, type PartitionDeliveryParts } from './partition-delivery.js';
import { PartitionLane } from './partition-lane.js';
import type { PartitionPosition } from './position-commits.js';

/** What the broker has stored of a partition: the group's position, null when it has none, and what travelled with it. */
export interface StoredPosition {
  offset: bigint | null;
  text: string | null;
}

export interface PartitionParts extends Omit<PartitionDeliveryParts, 'changed' | 'competitionWaitMs'> {
  limits: KafkaLimits;
  /** Called when there is something to commit. */
  changed: (partition: PartitionPosition) => void;
}

/** One partition that was ours at least once: the work on it, and its position. */
export class Partition implements PartitionPosition {
  readonly topic: string;
  readonly partition: number;
  private readonly lane: PartitionLane;
  private readonly delivery: PartitionDelivery;
  private restored: Promise<void> | null = null;

  constructor({ limits, changed, ...parts }: PartitionParts) {
    this.topic = parts.source.topic;
    this.partition = parts.source.partition;
    this.delivery = new PartitionDelivery({ ...parts, competitionWaitMs: limits.competitionWaitMs, changed: () => changed(this) });
    this.lane = new PartitionLane({
      name: `${this.topic}/${this.partition}`,
      maxBatch: limits.maxBatch,
      slowHandlerMs: limits.slowHandlerMs,
      stopping: parts.stopping,
      deliver: (records) => this.delivery.deliver(records),
      moved: () => changed(this),
    });
  }

  get lag(): number {
    return this.lane.lag;
  }

  get isOurs(): boolean {
    return this.restored !== null;
  }

  readonly position = (): bigint | null => this.lane.position();

  readonly aside = (): string => this.delivery.positions();

  /** The broker has stored that everything below `offset` is done. */
  committed(offset: bigint): void {
    this.lane.committed(offset);
  }

  asideCompetitions(): ReturnType<PartitionDelivery['aside']> {
    return this.delivery.aside();
  }

  /** It is ours from now on; `stored` may still be on its way, no message is taken before. */
  assigned(stored: Promise<StoredPosition>): void {
    const restored = stored.then(({ offset, text }) => {
      if (this.restored !== restored) return;
      this.lane.restored(offset);
      this.delivery.restore(text, offset ?? 0n);
    });
    // who takes a batch sees the error
    restored.catch(() => undefined);
    this.restored = restored;
  }

  /** It went to another member, or nobody knows. */
  lost(): void {
    this.restored = null;
    this.lane.lost({ leftUndone: this.delivery.aside().length > 0 });
    this.delivery.lost();
  }

  async take(payload: EachBatchPayload): Promise<void> {
    await this.restored;
    await this.lane.take(payload);
  }

  /** Resolves when the running handlers have ended. */
  async ended(): Promise<void> {
    await this.lane.ended();
    await this.delivery.ended();
  }
}
