import { afterEach, describe, expect, it } from '@jest/globals';
import { PipelineError } from '@lts/contracts';
import type { OutgoingMessage, ReceivedMessage } from '../received-message.js';
import { EmbeddedBroker, type EmbeddedBrokerOptions } from './embedded-broker.js';
import { Deferred } from './deferred.js';

const message = (key: string, n: number): OutgoingMessage => ({ key, kind: 'test', value: { n } });
const numbers = (messages: readonly ReceivedMessage<unknown>[]): number[] => messages.map((one) => (one.value as { n: number }).n);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let broker: EmbeddedBroker;
const newBroker = (options: EmbeddedBrokerOptions = {}): EmbeddedBroker => (broker = new EmbeddedBroker(options));

describe(EmbeddedBroker.name, () => {
  afterEach(() => broker.close());

  it('keeps the order of a key, also when publishers do not wait', async () => {
    newBroker({ maxQueuedMessages: 3, maxBatch: 2 });
    const seen: number[] = [];
    broker.group('t', 'g').attach(async (messages) => {
      await turn();
      seen.push(...numbers(messages));
    });
    await Promise.all(Array.from({ length: 40 }, (_, n) => broker.publish('t', [message('a', n)])));
    await broker.idle();
    expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  it('lets one key wait without holding up another', async () => {
    newBroker();
    const held = new Deferred<void>();
    const seen: string[] = [];
    broker.group('t', 'g').attach(async (messages) => {
      const key = messages[0]?.key ?? '';
      if (key === 'slow') await held.promise;
      seen.push(key);
    });
    await broker.publish('t', [message('slow', 1), message('quick', 2)]);
    await turn();
    expect(seen).toEqual(['quick']);
    held.resolve();
    await broker.idle();
    expect(seen).toEqual(['quick', 'slow']);
  });

  it('makes the publisher wait while a queue is full', async () => {
    newBroker({ maxQueuedMessages: 2, maxBatch: 1 });
    const held = new Deferred<void>();
    broker.group('t', 'g').attach(() => held.promise);
    await broker.publish('t', [message('a', 1)]);
    await broker.publish('t', [message('a', 2), message('a', 3)]);
    let accepted = false;
    const fourth = broker.publish('t', [message('a', 4)]).then(() => (accepted = true));
    await turn();
    expect(accepted).toBe(false);
    held.resolve();
    await fourth;
    expect(accepted).toBe(true);
  });

  it('gives every group each message', async () => {
    newBroker();
    const seen: Record<string, number[]> = { one: [], two: [] };
    for (const name of ['one', 'two']) broker.group('t', name).attach((messages) => Promise.resolve(void seen[name]?.push(...numbers(messages))));
    await broker.publish('t', [message('a', 1), message('b', 2)]);
    await broker.idle();
    expect(seen['one']?.sort()).toEqual([1, 2]);
    expect(seen['two']?.sort()).toEqual([1, 2]);
  });

  it('records first: nobody else gets a message, and publish does not resolve, before it is recorded', async () => {
    newBroker({ recordFirst: { topic: 'raw', group: 'recorder' } });
    const recorded = new Deferred<void>();
    const seen: string[] = [];
    broker.group('raw', 'reader').attach((messages) => Promise.resolve(void seen.push(...numbers(messages).map((n) => `read ${n}`))));
    const published = broker.publish('raw', [message('a', 1)]).then(() => seen.push('published'));
    await turn();
    broker.group('raw', 'recorder').attach(async (messages) => {
      await recorded.promise;
      seen.push(...numbers(messages).map((n) => `recorded ${n}`));
    });
    await turn();
    expect(seen).toEqual([]);
    recorded.resolve();
    await published;
    await broker.idle();
    expect(seen[0]).toBe('recorded 1');
    expect(seen).toContain('read 1');
  });

  it('is idle only when handlers have finished, also those that publish on', async () => {
    newBroker();
    const seen: number[] = [];
    broker.group('first', 'g').attach(async (messages) => {
      await turn();
      await broker.publish('second', messages.map((one) => message(one.key, 10 + numbers([one])[0]!)));
    });
    broker.group('second', 'g').attach(async (messages) => {
      await turn();
      seen.push(...numbers(messages));
    });
    await broker.publish('first', [message('a', 1)]);
    await broker.idle();
    expect(seen).toEqual([11]);
  });

  it('turns publishers away once it is closed, also those that wait', async () => {
    newBroker({ maxQueuedMessages: 1, maxBatch: 1 });
    const held = new Deferred<void>();
    const done: number[] = [];
    broker.group('t', 'g').attach(async (messages) => {
      await held.promise;
      done.push(...numbers(messages));
    });
    await broker.publish('t', [message('a', 1)]);
    await broker.publish('t', [message('a', 2)]);
    const waiting = broker.publish('t', [message('a', 3)]);
    await turn();
    const closed = broker.close();
    await expect(waiting).rejects.toThrow(PipelineError);
    await expect(broker.publish('t', [message('a', 4)])).rejects.toMatchObject({ code: 'LTS_STOPPING' });
    held.resolve();
    await closed;
    expect(done).toEqual([1]);
    await broker.idle();
  });

  it('turns a publisher away that waits for a record which will not come any more', async () => {
    newBroker({ recordFirst: { topic: 'raw', group: 'recorder' } });
    const published = broker.publish('raw', [message('a', 1)]);
    await turn();
    await broker.close();
    await expect(published).rejects.toMatchObject({ code: 'LTS_STOPPING' });
  });

  it('goes on with the other groups when one has closed, also for a publisher that waits for it', async () => {
    newBroker({ maxQueuedMessages: 1, maxBatch: 1 });
    const held = new Deferred<void>();
    const seen: number[] = [];
    const closing = broker.group('t', 'closing');
    closing.attach(() => held.promise);
    broker.group('t', 'staying').attach((messages) => Promise.resolve(void seen.push(...numbers(messages))));
    await broker.publish('t', [message('a', 1)]);
    await broker.publish('t', [message('a', 2)]);
    const waiting = broker.publish('t', [message('a', 3)]);
    await turn();
    const stopped = closing.stop();
    held.resolve();
    await stopped;
    await waiting;
    await broker.publish('t', [message('a', 4)]);
    await broker.idle();
    expect(seen).toEqual([1, 2, 3, 4]);
  });
});
