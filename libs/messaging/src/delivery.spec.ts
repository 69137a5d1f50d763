import { describe, expect, it } from '@jest/globals';
import { PipelineError } from '@lts/contracts';
import { Delivery } from './delivery.js';
import { EmbeddedBroker } from './embedded/embedded-broker.js';
import type { Parking } from './parking.js';
import type { ReceivedMessage } from './received-message.js';

const received = (n: number): ReceivedMessage<unknown> => ({ key: 'c', value: n, headers: {}, place: { topic: 't', partition: 0, offset: String(n) } });

function newParking(): { parking: Parking; parked: unknown[] } {
  const broker = new EmbeddedBroker();
  const parked: unknown[] = [];
  broker.group('t.parked', 'people').attach((messages) => Promise.resolve(void parked.push(...messages.map((one) => (one.value as { value: unknown }).value))));
  return { parking: broker.transport().parking, parked };
}

describe(Delivery.name, () => {
  it('brings the same messages again after a retriable error', async () => {
    const attempts: unknown[][] = [];
    const { parking } = newParking();
    const delivery = new Delivery((messages) => {
      attempts.push(messages.map((one) => one.value));
      return attempts.length < 3 ? Promise.reject(new PipelineError('LTS_API_UNAVAILABLE', 'away')) : Promise.resolve();
    }, parking);
    await delivery.deliver([received(1), received(2)]);
    expect(attempts).toEqual([[1, 2], [1, 2], [1, 2]]);
    expect(delivery.retrying.size).toBe(0);
  });

  it('parks only the message at fault and goes on with the others in order', async () => {
    const done: unknown[] = [];
    const { parking, parked } = newParking();
    const delivery = new Delivery((messages) => {
      if (messages.some((one) => one.value === 2)) return Promise.reject(new Error('two is not allowed'));
      done.push(...messages.map((one) => one.value));
      return Promise.resolve();
    }, parking);
    await delivery.deliver([received(1), received(2), received(3)]);
    expect(done).toEqual([1, 3]);
    expect(parked).toEqual([2]);
    expect(parking.parkedCount).toBe(1);
  });

  it('ends its retries when it is stopped, without parking', async () => {
    const { parking } = newParking();
    const delivery = new Delivery(() => Promise.reject(new PipelineError('LTS_API_UNAVAILABLE', 'away')), parking);
    const delivered = delivery.deliver([received(1)]);
    delivery.stop();
    await expect(delivered).rejects.toMatchObject({ code: 'LTS_STOPPING' });
    expect(parking.parkedCount).toBe(0);
  });

  it('ends its retries when the messages are no longer ours, and shows none of them any more', async () => {
    const { parking } = newParking();
    const ours = new AbortController();
    const delivery = new Delivery(() => Promise.reject(new PipelineError('LTS_API_UNAVAILABLE', 'away')), parking);
    const delivered = delivery.deliver([received(1), received(2)], ours.signal);
    while (delivery.retrying.size === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    ours.abort();
    await expect(delivered).rejects.toMatchObject({ code: 'LTS_STOPPING' });
    expect(delivery.retrying.size).toBe(0);
    expect(parking.parkedCount).toBe(0);
  });
});
