import { Logger } from '@nestjs/common';
import type { KafkaMessage } from 'kafkajs';
import { classify } from '@lts/contracts';
import type { Delivery } from '../delivery.js';
import type { Parking } from '../parking.js';
import type { ReceivedMessage } from '../received-message.js';
import { backOffMs, pause, settlesWithin } from '../waiting.js';
import type { TakeRecords } from './read-again.js';
import { type AsideCompetition, SetAside } from './set-aside.js';
import { type ReadMessage, type ValueCheck, read } from './wire.js';

const PAUSES = { firstMs: 250, longestMs: 5_000 };

type Messages = readonly ReceivedMessage<unknown>[];

export interface PartitionDeliveryParts {
  source: { topic: string; partition: number };
  delivery: Delivery;
  check: ValueCheck;
  parking: Parking;
  /** A competition that is not done within this time is set aside, ms. */
  competitionWaitMs: number;
  /** Reads the partition again from an offset, beside the consumer. */
  readAgain: (offset: string, take: TakeRecords, signal: AbortSignal) => Promise<void>;
  /** True while something stands still that all competitions need; none is set aside for that. */
  isBrokerAway: () => boolean;
  /** Aborted when the consumer closes. */
  stopping: AbortSignal;
  /** Called when a position of a competition set aside has changed. */
  changed: () => void;
}

/**
 * Hands the messages of one partition to the handler, each competition for itself. One that cannot go on alone is set
 * aside: its messages are passed by, and read again, in order, when the one it waits for is done.
 *
 * Guarantees: one call at a time for each competition, in order, also while it is set aside and when it comes back.
 * Memory: one array of messages for each competition set aside, and one fetch while it catches up.
 */
export class PartitionDelivery {
  private readonly logger = new Logger(PartitionDelivery.name);
  private readonly setAside = new SetAside();
  /** Ends what was begun while the partition was ours. */
  private ours = new AbortController();
  /** The same, and the end of the consumer. */
  private signal: AbortSignal;
  private readonly following = new Set<Promise<void>>();

  constructor(private readonly parts: PartitionDeliveryParts) {
    this.signal = AbortSignal.any([this.ours.signal, parts.stopping]);
  }

  /** Positions of the competitions set aside, as a commit carries them. */
  positions(): string {
    return this.setAside.text();
  }

  aside(): AsideCompetition[] {
    return this.setAside.list();
  }

  /** Goes on with what the last commit of the partition carried. */
  restore(positions: string | null, committed: bigint): void {
    this.setAside.restore(positions, committed);
    for (const competition of this.setAside.competitions) this.follow(this.catchUp(competition, this.signal));
  }

  /** The partition went to another member: what is set aside is its affair now. */
  lost(): void {
    this.ours.abort();
    this.ours = new AbortController();
    this.signal = AbortSignal.any([this.ours.signal, this.parts.stopping]);
    this.setAside.clear();
  }

  /** Resolves when nothing runs beside the partition any more; to be called after `lost` or the end of the retries. */
  async ended(): Promise<void> {
    await Promise.all(this.following);
  }

  /**
   * Resolves when every message is done, parked, or left to a competition set aside.
   *
   * @throws PipelineError `LTS_STOPPING`
   */
  async deliver(records: readonly KafkaMessage[]): Promise<void> {
    const { signal } = this;
    const faulty: ReadMessage[] = [];
    const keyed = new Map<string, ReceivedMessage<unknown>[]>();
    for (const record of records) {
      const one = read(this.parts.source, record, this.parts.check);
      if (one.error === null) this.sort(one.message, keyed);
      else faulty.push(one);
    }
    const outcomes = await Promise.allSettled([...keyed].map(([competition, messages]) => this.deliverOne(competition, messages, signal)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    for (const { message, error } of faulty) if (error !== null) await this.parts.parking.park(message, error);
  }

  private sort(message: ReceivedMessage<unknown>, keyed: Map<string, ReceivedMessage<unknown>[]>): void {
    if (this.setAside.has(message.key)) {
      this.setAside.pass(message.key, message.place.offset);
      return;
    }
    const own = keyed.get(message.key);
    if (own === undefined) keyed.set(message.key, [message]);
    else own.push(message);
  }

  private async deliverOne(competition: string, messages: Messages, signal: AbortSignal): Promise<void> {
    const [next, passed] = [messages[0]?.place.offset, messages.at(-1)?.place.offset];
    const work = this.parts.delivery.deliver(messages, signal);
    while (!(await settlesWithin(work, this.parts.competitionWaitMs))) {
      if (next === undefined || passed === undefined || signal.aborted || !this.mayBeSetAside(competition, next)) continue;
      this.setAside.add(competition, { next, passed });
      this.logger.warn({ event: 'set-aside', competitionCode: competition, ...this.parts.source, offset: next, reason: this.parts.delivery.retrying.get(competition)?.message ?? 'its handler waits' });
      this.follow(this.afterwards({ competition, work, next: BigInt(passed) + 1n }, signal));
      return;
    }
    await work;
  }

  /** Not for what all competitions wait for, and not beyond what a commit can carry: the partition then waits. */
  private mayBeSetAside(competition: string, next: string): boolean {
    const error = this.parts.delivery.retrying.get(competition);
    const isItsOwn = error === undefined ? !this.parts.isBrokerAway() : error.code === 'LTS_COMPETITION_UNKNOWN';
    return isItsOwn && this.setAside.fits(competition, next);
  }

  private follow(work: Promise<void>): void {
    const followed: Promise<void> = work
      .catch((thrown: unknown) => this.logger.debug({ event: 'aside-ended', ...this.parts.source, error: classify(thrown).message }))
      .finally(() => this.following.delete(followed));
    this.following.add(followed);
  }

  /** What was under way when the competition was set aside goes on; then what its partition has passed by follows. */
  private async afterwards({ competition, work, next }: { competition: string; work: Promise<void>; next: bigint }, signal: AbortSignal): Promise<void> {
    await work;
    if (signal.aborted) return;
    if (!this.advance(competition, next)) await this.catchUp(competition, signal);
  }

  private async catchUp(competition: string, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const from = this.setAside.nextOf(competition);
      if (from === null || this.advance(competition, from)) return;
      try {
        await this.parts.readAgain(String(from), (records, next) => this.takeAgain(competition, { records, next }, signal), signal);
      } catch (thrown) {
        const { code, message } = classify(thrown);
        if (code === 'LTS_STOPPING') return;
        this.logger.debug({ event: 'catching-up', competitionCode: competition, ...this.parts.source, error: message });
        await pause(backOffMs(attempt, PAUSES), signal);
      }
    }
  }

  /**
   * Takes no more than the partition has passed by: what comes after that, the partition itself brings.
   *
   * @returns true when the competition has caught up
   */
  private async takeAgain(competition: string, { records, next }: { records: readonly KafkaMessage[]; next: bigint }, signal: AbortSignal): Promise<boolean> {
    const own = records.filter(({ key }) => key?.toString() === competition);
    for (let due = this.dueOf(competition, own); due.length > 0; due = this.dueOf(competition, own)) {
      own.splice(0, due.length);
      // what is no proper message was parked when the partition passed by
      const good = due.map((record) => read(this.parts.source, record, this.parts.check)).filter(({ error }: ReadMessage) => error === null);
      if (good.length > 0) await this.parts.delivery.deliver(good.map(({ message }) => message), signal);
      if (signal.aborted) return true;
    }
    return signal.aborted || this.advance(competition, own[0] === undefined ? next : BigInt(own[0].offset));
  }

  /** Those of the records, in order, that the partition has passed by. */
  private dueOf(competition: string, own: readonly KafkaMessage[]): readonly KafkaMessage[] {
    const passed = this.setAside.passedOf(competition);
    return passed === null ? [] : own.filter(({ offset }) => BigInt(offset) <= passed);
  }

  /** @returns true when the competition is no longer set aside: its next message comes with its partition */
  private advance(competition: string, next: bigint): boolean {
    this.setAside.advance(competition, next);
    const isBack = this.setAside.rejoin(competition);
    if (isBack) this.logger.log({ event: 'caught-up', competitionCode: competition, ...this.parts.source });
    this.parts.changed();
    return isBack;
  }
}
