import { PipelineError } from '@lts/contracts';
import type { OutgoingMessage, ReceivedMessage } from '../received-message.js';
import type { Transport } from '../transport.js';
import { EmbeddedGroup } from './embedded-group.js';
import { EmbeddedTransport } from './embedded-transport.js';

export interface EmbeddedBrokerOptions {
  /** Most messages waiting for one key in one group; the publisher waits at the limit. Default 4,000. */
  maxQueuedMessages?: number;
  /** Most messages a handler gets at once. Default 500. */
  maxBatch?: number;
  /**
   * The group that must have handled a message of `topic` before any other group gets it and before `publish` resolves:
   * the one that records. Until it is connected, publishing to the topic waits.
   */
  recordFirst?: { topic: string; group: string };
}

/**
 * Queues inside one process, for stages that run together. Not a broker: what waits in it is lost with the process,
 * so whatever must survive is on disk before `publish` resolves (`recordFirst`).
 *
 * Guarantees: order per key; one key at a time in each group; every queue bounded, at the limit the publisher waits.
 * Groups exist from the moment their consumer is made; a topic without groups swallows its messages.
 */
export class EmbeddedBroker {
  private readonly groups = new Map<string, Map<string, EmbeddedGroup>>();
  private readonly offsets = new Map<string, number>();
  private idleAsked: (() => void)[] = [];
  private closed = false;

  constructor(private readonly options: EmbeddedBrokerOptions = {}) {
    if (options.recordFirst !== undefined) this.group(options.recordFirst.topic, options.recordFirst.group);
  }

  /** The broker as a stage sees it. `errorsPath` is where the stage's parked messages are written for people. */
  transport(options: { errorsPath?: string | null } = {}): Transport {
    return new EmbeddedTransport(this, options.errorsPath ?? null);
  }

  /** The group's queue of a topic; made when it is new. */
  group(topic: string, name: string): EmbeddedGroup {
    const ofTopic = this.groups.get(topic) ?? new Map<string, EmbeddedGroup>();
    this.groups.set(topic, ofTopic);
    const known = ofTopic.get(name);
    if (known !== undefined) return known;
    const made = new EmbeddedGroup({
      maxQueued: this.options.maxQueuedMessages ?? 4_000,
      maxBatch: this.options.maxBatch ?? 500,
      changed: () => this.checkIdle(),
      ...(this.recordsFirst(topic, name) ? { afterwards: (messages) => this.hand(topic, messages) } : {}),
    });
    ofTopic.set(name, made);
    return made;
  }

  /** Forgets a group that belongs to one consumer alone. */
  removeGroup(topic: string, name: string): void {
    this.groups.get(topic)?.delete(name);
    this.checkIdle();
  }

  /**
   * Hands messages to the topic's groups; a group whose consumer has closed gets nothing more.
   *
   * @throws PipelineError `LTS_STOPPING` after `close`, and when the group that records has closed
   */
  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (this.closed) throw new PipelineError('LTS_STOPPING', 'The transport is closed.');
    const received = messages.map((message) => this.received(topic, message));
    const recording = this.options.recordFirst?.topic === topic ? this.group(topic, this.options.recordFirst.group) : null;
    if (recording === null) {
      await this.hand(topic, received);
      return;
    }
    const puts = byKey(received).map(([key, ofKey]) => recording.put(key, ofKey));
    await Promise.all(puts.map((put) => put.queued));
    await Promise.all(puts.map((put) => put.worked));
  }

  /** Resolves when nothing waits and no handler runs. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.idleAsked.push(resolve);
      this.checkIdle();
    });
  }

  /** Turns publishers away, also those that wait; what waits is dropped. Resolves when the running handlers have ended. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.allGroups().map((group) => group.stop()));
  }

  private recordsFirst(topic: string, group: string): boolean {
    return this.options.recordFirst?.topic === topic && this.options.recordFirst.group === group;
  }

  /** To all groups but the one that has recorded them already. */
  private async hand(topic: string, messages: readonly ReceivedMessage<unknown>[]): Promise<void> {
    const groups = [...(this.groups.get(topic) ?? [])].filter(([name]) => !this.recordsFirst(topic, name)).map(([, group]) => group);
    const keyed = byKey(messages);
    await Promise.all(groups.flatMap((group) => keyed.map(([key, ofKey]) => this.offer(group, key, ofKey))));
  }

  /** A consumer that closes while the publisher waits for it must not fail the others. */
  private async offer(group: EmbeddedGroup, key: string, messages: ReceivedMessage<unknown>[]): Promise<void> {
    if (group.isStopped && !this.closed) return;
    try {
      await group.put(key, messages).queued;
    } catch (error) {
      if (this.closed || !group.isStopped) throw error;
    }
  }

  private received(topic: string, message: OutgoingMessage): ReceivedMessage<unknown> {
    const offset = this.offsets.get(topic) ?? 0;
    this.offsets.set(topic, offset + 1);
    return { key: message.key, value: message.value, headers: { 'lts-kind': message.kind }, place: { topic, partition: 0, offset: String(offset) } };
  }

  private allGroups(): EmbeddedGroup[] {
    return [...this.groups.values()].flatMap((ofTopic) => [...ofTopic.values()]);
  }

  private checkIdle(): void {
    if (this.idleAsked.length === 0 || !this.allGroups().every((group) => group.isIdle)) return;
    for (const resolve of this.idleAsked.splice(0)) resolve();
  }
}

function byKey(messages: readonly ReceivedMessage<unknown>[]): [string, ReceivedMessage<unknown>[]][] {
  const [first] = messages;
  if (first !== undefined && messages.every((message) => message.key === first.key)) return [[first.key, [...messages]]];
  const keyed = new Map<string, ReceivedMessage<unknown>[]>();
  for (const message of messages) keyed.set(message.key, [...(keyed.get(message.key) ?? []), message]);
  return [...keyed];
}
