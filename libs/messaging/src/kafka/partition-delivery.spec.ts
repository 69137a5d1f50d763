import { describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { PipelineError } from '@lts/contracts';
import { Delivery } from '../delivery.js';
import { EmbeddedBroker } from '../embedded/embedded-broker.js';
import { PartitionDelivery } from './partition-delivery.js';
import type { TakeRecords } from './read-again.js';

const SOURCE = { topic: 't', partition: 0 };

/** Record at this offset, of this competition. */
function record(offset: number, key: string): KafkaMessage {
  return { key: Buffer.from(key), value: Buffer.from(String(offset)), timestamp: '0', attributes: 0, offset: String(offset), headers: {} };
}

const upTo = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** A partition whose handler refuses a competition until it is released; what is read again is handed over by the test. */
function newPartition() {
  const seen = new Map<string, number[]>();
  const refused = new Set<string>();
  const read: { from: string; take: TakeRecords; ended: () => void }[] = [];
  /** Awaited before each array of a competition is taken note of. */
  const holding = new Map<string, Promise<void>>();
  const { parking } = new EmbeddedBroker().transport();
  const delivery = new Delivery(async (messages) => {
    const key = messages[0]?.key ?? '';
    if (refused.has(key)) throw new PipelineError('LTS_COMPETITION_UNKNOWN', 'Nobody has made it.');
    await holding.get(key);
    seen.set(key, [...(seen.get(key) ?? []), ...messages.map(({ place }) => Number(place.offset))]);
  }, parking);
  const partition = new PartitionDelivery({
    source: SOURCE,
    delivery,
    check: () => null,
    parking,
    competitionWaitMs: 20,
    readAgain: (from, take) => new Promise((ended) => read.push({ from, take, ended })),
    isBrokerAway: () => false,
    stopping: new AbortController().signal,
    changed: () => undefined,
  });
  const isReadAgain = async (): Promise<(typeof read)[number]> => {
    while (read[0] === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    return read[0];
  };
  return { partition, seen, refused, holding, isReadAgain };
}

const records = (key: string, first: number, last: number): KafkaMessage[] => upTo(first, last).map((offset) => record(offset, key));

describe(PartitionDelivery.name, () => {
  it('leaves to the partition what it has not passed by, though it was read again already', async () => {
    const { partition, seen, refused, isReadAgain } = newPartition();
    refused.add('late');
    await partition.deliver(records('late', 0, 1));
    await partition.deliver(records('late', 2, 5));
    refused.clear();
    const { from, take, ended } = await isReadAgain();
    expect(from).toBe('2');
    expect(await take(records('late', 2, 9), 10n)).toBe(true);
    ended();
    expect(partition.aside()).toEqual([]);
    await partition.deliver(records('late', 6, 9));
    expect(seen.get('late')).toEqual(upTo(0, 9));
  });

  it('takes what the partition passes by while it catches up', async () => {
    const { partition, seen, refused, holding, isReadAgain } = newPartition();
    refused.add('late');
    await partition.deliver(records('late', 0, 1));
    await partition.deliver(records('late', 2, 5));
    refused.clear();
    const { take, ended } = await isReadAgain();
    let release = (): void => undefined;
    holding.set('late', new Promise((resolve) => (release = resolve)));
    const taken = take(records('late', 2, 9), 10n);
    await partition.deliver(records('late', 6, 7));
    release();
    expect(await taken).toBe(true);
    ended();
    await partition.deliver(records('late', 8, 9));
    expect(seen.get('late')).toEqual(upTo(0, 9));
  });

  it('reads on when the partition has passed by more than was read again', async () => {
    const { partition, seen, refused, isReadAgain } = newPartition();
    refused.add('late');
    await partition.deliver(records('late', 0, 1));
    await partition.deliver(records('late', 2, 9));
    refused.clear();
    const { take, ended } = await isReadAgain();
    expect(await take([...records('late', 2, 4), record(5, 'other')], 6n)).toBe(false);
    expect(partition.aside()).toMatchObject([{ competition: 'late', offset: '6' }]);
    expect(await take(records('late', 6, 9), 10n)).toBe(true);
    ended();
    expect(seen.get('late')).toEqual(upTo(0, 9).filter((offset) => offset !== 5));
  });

  it('has caught up after a restart when it is where the partition begins', async () => {
    const { partition, seen, isReadAgain } = newPartition();
    partition.restore('{"aside":{"late":"2"}}', 6n);
    const { from, take, ended } = await isReadAgain();
    expect(from).toBe('2');
    expect(await take(records('late', 2, 9), 10n)).toBe(true);
    ended();
    await partition.deliver(records('late', 6, 9));
    expect(seen.get('late')).toEqual(upTo(2, 9));
  });
});
