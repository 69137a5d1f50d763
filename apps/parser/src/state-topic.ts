import { Logger } from '@nestjs/common';
import { type Place, type RawMessage, classify, stampMs } from '@lts/contracts';
import type { ReceivedMessage, TopicPast, Transport } from '@lts/messaging';
import type { TimingProvider } from '@lts/timing-providers';
import { type ArrivedFrame, CompetitionParser } from './competition-parser.js';
import { memoryIn, stateRecord } from './state-record.js';

/** A state is stored anew after this many frames, half an hour of a race or so. */
const STORE_EVERY_FRAMES = 5_000;

export interface StateTopicParts {
  transport: Transport;
  past: TopicPast;
  /** The compacted topic, key = competition. */
  topic: string;
  /** Group of the frames' consumer. */
  group: string;
  providers: readonly TimingProvider[];
}

/** A message of `raw-messages` as a frame. */
export function arrivedFrame({ value, place }: ReceivedMessage<RawMessage>): ArrivedFrame {
  return { id: value.id, atMs: stampMs(value), source: value.source, text: value.data, place };
}

/**
 * States of competitions in a compacted topic, so that another instance, or this one after a restart, goes on where the
 * fold stood: the last state stored, and the frames after it read again and folded in silence.
 *
 * Guarantees: a state covers only frames whose records the topic of actions holds. At most one state of a competition is
 * on its way.
 */
export class StateTopic {
  private readonly logger = new Logger(StateTopic.name);
  private readonly storing = new Map<string, Promise<void>>();

  constructor(private readonly parts: StateTopicParts) {}

  /**
   * The competition as it stood before the message at `arriving`.
   *
   * @throws PipelineError `LTS_KAFKA_UNAVAILABLE` (retriable)
   */
  async restore(competition: string, overrides: Record<string, string>, arriving: Place): Promise<CompetitionParser> {
    const { past, topic, group } = this.parts;
    const stored = await past.latest(topic, competition, group);
    const parser = (await this.restored({ competition, overrides, value: stored?.value, arriving })) ?? new CompetitionParser(competition, overrides, this.parts.providers);
    const from = parser.lastPlace === null ? '0' : String(BigInt(parser.lastPlace.offset) + 1n);
    const { topic: rawTopic, partition, offset } = arriving;
    await past.each({ topic: rawTopic, partition, key: competition, from, until: offset, group }, (messages) => {
      for (const message of messages) if (isRawMessage(message)) parser.fold(arrivedFrame(message));
      parser.discard();
    });
    return parser;
  }

  /** Stores the state if it is time to, in the background; `isPage` when a page has just been stored. */
  storeIfDue(parser: CompetitionParser, isPage: boolean): void {
    if (!isPage && parser.unstored < STORE_EVERY_FRAMES) return;
    if (parser.outbox.length > 0 || this.storing.has(parser.competition)) return;
    void this.store(parser);
  }

  /** Stores what has changed; resolves when all states on their way are stored, or are given up. */
  async storeAll(parsers: Iterable<CompetitionParser>): Promise<void> {
    for (const parser of parsers) if (parser.unstored > 0 && parser.outbox.length === 0) void this.store(parser);
    await Promise.all(this.storing.values());
  }

  private store(parser: CompetitionParser): Promise<void> {
    const { competition } = parser;
    const memory = parser.memory();
    const before = this.storing.get(competition) ?? Promise.resolve();
    const stored: Promise<void> = before
      .then(async () => {
        const value = await stateRecord(competition, memory);
        await this.parts.transport.publisher.publish(this.parts.topic, [{ key: competition, kind: 'parser-state', value }]);
      })
      .catch((error: unknown) => this.logger.warn({ event: 'state-not-stored', competitionCode: competition, error: classify(error).message }))
      .finally(() => {
        if (this.storing.get(competition) === stored) this.storing.delete(competition);
      });
    this.storing.set(competition, stored);
    return stored;
  }

  /** A state of another partition (somebody has changed the number of partitions) or version counts as none. */
  private async restored({ competition, overrides, value, arriving }: { competition: string; overrides: Record<string, string>; value: unknown; arriving: Place }): Promise<CompetitionParser | null> {
    const memory = value === undefined ? null : await memoryIn(value, competition);
    if (memory?.position?.topic !== arriving.topic || memory.position.partition !== arriving.partition) return null;
    try {
      return CompetitionParser.restore(competition, overrides, memory, this.parts.providers);
    } catch (error) {
      this.logger.warn({ event: 'state-unusable', competitionCode: competition, error: classify(error).message });
      return null;
    }
  }
}

function isRawMessage(message: ReceivedMessage<unknown>): message is ReceivedMessage<RawMessage> {
  const { value } = message;
  return typeof value === 'object' && value !== null && 'decoder' in value && value.decoder === null;
}
