import type { KafkaMessage, Message, TopicMessages } from 'kafkajs';
import { PipelineError, type Place, parkedTopic, topicOfParked } from '@lts/contracts';
import { OffsetRanges } from '../offset-ranges.js';
import type { ParkedMessage, ReplayFigures } from '../parked-message.js';
import { REPLAYED_KIND, parkedRecordIn, replayedPlacesIn } from '../parked-record.js';
import { withAdmin } from './consumer-groups.js';
import { type KafkaAccess, type KafkaAddress, kafkaAddress } from './kafka-address.js';
import { newKafka } from './kafka-client.js';
import { errorKinds, reasonOf } from './kafka-reasons.js';
import { ReplayProducer } from './replay-producer.js';
import { type RecordsRange, TopicRecords } from './topic-records.js';

/** What one transaction puts back at most; a larger message goes alone. */
const CHUNK = { messages: 500, bytes: 400_000 };
/** The broker has given the name of the replay to another one. */
const TAKEN_OVER = ['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED'];
const GROUP = 'parked';

type Take = (messages: readonly ParkedMessage[]) => Promise<void> | void;

/** A message to put back, with the place where it stood. */
interface Outgoing {
  message: Message;
  bytes: number;
  key: string;
  place: Place;
}

/**
 * The messages that were set apart on a broker.
 *
 * A replay puts messages back onto the topic they came from and, in the same transaction, a mark onto the parked topic
 * that names them. The mark is younger than the records it covers and stands beside them, so it is kept as long as they.
 *
 * Guarantees: a message is put back once, however often and wherever a replay is ended and begun again; the order of a
 * competition is kept. Memory: one fetch, and the places of what was replayed, in ranges.
 */
export class ParkedTopics {
  private readonly address: KafkaAddress;
  private readonly records: TopicRecords;

  /** @throws PipelineError `LTS_CONFIGURATION` when the settings of TLS or SASL are wrong */
  constructor(access: KafkaAccess, clientName: string) {
    this.address = kafkaAddress(access, clientName);
    this.records = new TopicRecords(this.address);
  }

  /** Topics that have a parked one, in order of their names. @throws PipelineError `LTS_KAFKA_UNAVAILABLE` */
  async topics(): Promise<string[]> {
    const all = await this.asking(() => withAdmin(newKafka(this.address), (admin) => admin.listTopics()));
    return all.map(topicOfParked).filter((topic) => topic !== null).sort();
  }

  /**
   * Hands over all that was set apart from a topic, in order and in arrays.
   *
   * @throws PipelineError `LTS_KAFKA_UNAVAILABLE`, and what `take` throws
   */
  async each(topic: string, take: Take): Promise<void> {
    const parked = parkedTopic(topic);
    for (const { partition, low, end } of await this.records.extents(parked)) await this.eachOf({ topic: parked, partition, from: low, end, group: GROUP }, take);
  }

  /**
   * Puts back those of the waiting messages that `isWanted` selects.
   *
   * @throws PipelineError `LTS_KAFKA_UNAVAILABLE`; what was put back until then is marked
   */
  async replay(topic: string, isWanted: (message: ParkedMessage) => boolean): Promise<ReplayFigures> {
    // a topic that is missing is said before anything is begun
    await this.records.extents(topic);
    const producer = await this.asking(() => ReplayProducer.open(newKafka(this.address), `lts-parked.${topic}`));
    const replayed = new Map<string, number>();
    let cut = 0;
    try {
      await this.each(topic, async (messages) => {
        const wanted = messages.filter((message) => message.state === 'waiting' && isWanted(message));
        const outgoing = wanted.map(outgoingOf).filter((one) => one !== null);
        cut += wanted.length - outgoing.length;
        for (const chunk of chunksOf(outgoing)) {
          await this.asking(() => producer.send(withMark(topic, messages[0]?.place.partition ?? 0, chunk)));
          for (const { key } of chunk) replayed.set(key, (replayed.get(key) ?? 0) + 1);
        }
      });
    } finally {
      await producer.close();
    }
    return { replayed, cut };
  }

  /** Ends what is being read. */
  stop(): void {
    this.records.stop();
  }

  private async eachOf(range: RecordsRange, take: Take): Promise<void> {
    const replayed = new Places();
    await this.records.each(range, (records) => {
      for (const record of records) if (isMark(record)) for (const place of replayedPlacesIn(valueOf(record))) replayed.add(place);
    });
    const met = new Places();
    await this.records.each(range, async (records) => {
      const messages = records.map((record) => parkedMessage(range, record, { replayed, met })).filter((message) => message !== null);
      if (messages.length > 0) await take(messages);
    });
  }

  private async asking<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (thrown) {
      const isTakenOver = errorKinds(thrown).some((kind) => TAKEN_OVER.includes(kind));
      throw new PipelineError('LTS_KAFKA_UNAVAILABLE', isTakenOver ? 'Another replay of this topic has begun and goes on with it.' : `Kafka cannot be used: ${reasonOf(thrown, this.address)}.`, { cause: thrown });
    }
  }
}

/** Places of messages; memory as `OffsetRanges` for each partition. */
class Places {
  private readonly partitions = new Map<string, OffsetRanges>();

  has({ topic, partition, offset }: Place): boolean {
    return this.partitions.get(`${topic}/${partition}`)?.has(BigInt(offset)) ?? false;
  }

  add({ topic, partition, offset }: Place): void {
    const name = `${topic}/${partition}`;
    const offsets = this.partitions.get(name) ?? new OffsetRanges();
    this.partitions.set(name, offsets);
    offsets.add(BigInt(offset));
  }
}

function isMark({ headers }: KafkaMessage): boolean {
  return headers?.['lts-kind']?.toString() === REPLAYED_KIND;
}

function valueOf({ value }: KafkaMessage): unknown {
  try {
    return JSON.parse(value?.toString() ?? '');
  } catch {
    return null;
  }
}

function parkedMessage({ topic, partition }: RecordsRange, kafkaMessage: KafkaMessage, { replayed, met }: { replayed: Places; met: Places }): ParkedMessage | null {
  if (isMark(kafkaMessage)) return null;
  const record = parkedRecordIn(valueOf(kafkaMessage));
  if (record === null) return null;
  const state = replayed.has(record.place) ? 'replayed' : met.has(record.place) ? 'repeat' : 'waiting';
  met.add(record.place);
  return { place: { topic, partition, offset: kafkaMessage.offset }, at: record.at ?? new Date(Number(kafkaMessage.timestamp)).toISOString(), state, record };
}

/** The message as it was, with the place where it stood as a header; null when only its beginning is kept. */
function outgoingOf({ record: { key, headers, place, content } }: ParkedMessage): Outgoing | null {
  if (content.kind === 'cut') return null;
  // what could not be decoded is kept as its text; what could is an object
  const value = typeof content.value === 'string' ? content.value : JSON.stringify(content.value);
  const message = { key: key === '' ? null : key, value, headers: { ...headers, 'lts-replayed': `${place.topic}/${place.partition}/${place.offset}` } };
  return { message, bytes: Buffer.byteLength(value), key, place };
}

function* chunksOf(outgoing: readonly Outgoing[]): Generator<Outgoing[]> {
  let chunk: Outgoing[] = [];
  let bytes = 0;
  for (const one of outgoing) {
    if (chunk.length > 0 && (chunk.length >= CHUNK.messages || bytes + one.bytes > CHUNK.bytes)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(one);
    bytes += one.bytes;
  }
  if (chunk.length > 0) yield chunk;
}

function withMark(topic: string, partition: number, chunk: readonly Outgoing[]): TopicMessages[] {
  const mark = { partition, key: null, value: JSON.stringify({ replayed: chunk.map(({ place }) => place) }), headers: { 'lts-kind': REPLAYED_KIND } };
  return [
    { topic, messages: chunk.map(({ message }) => message) },
    { topic: parkedTopic(topic), messages: [mark] },
  ];
}
