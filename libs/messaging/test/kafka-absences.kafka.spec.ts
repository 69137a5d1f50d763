import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { PipelineError } from '@lts/contracts';
import { describeWithKafka } from '@lts/testing';
import { type ConsumerOptions, NOTIFICATIONS_CONSUMER } from '../src/index.js';
import { Behaviour, framesConsumer, framesOf, keyOn, until, upTo } from './frames-app.js';
import { kafkaSurroundings } from './kafka-surroundings.js';

describeWithKafka('Kafka transport: groups, sizes and absences', (broker) => {
  const { withAdmin, newTopic, start, ready, committed, collecting, total } = kafkaSurroundings(broker);

  it('ends while a handler waits, and hands its messages over again after the restart', async () => {
    const topic = await newTopic(1);
    const group = `${topic}.reader`;
    const waiting = new Behaviour();
    let handed = 0;
    waiting.frames = () => {
      handed += 1;
      throw new PipelineError('LTS_STOPPING', 'The lock is closed and the app ends.');
    };
    const first = await start([framesConsumer(topic, group)], waiting);
    await first.transport.publisher.publish(topic, framesOf('race-1', 1, 10));
    await until(() => handed > 0);
    await first.app.close();
    expect(await committed(group, topic)).toBe(0);
    const { behaviour, seen } = collecting();
    await start([framesConsumer(topic, group)], behaviour);
    await until(() => total(seen) >= 10);
    expect(seen.get('race-1')).toEqual(upTo(10));
  });

  it('removes the group of an instance when it ends, and those that killed instances left behind', async () => {
    const topic = await newTopic(1);
    const consumer = (instance: string, ephemeral: boolean): ConsumerOptions => ({ transportId: NOTIFICATIONS_CONSUMER, group: `${topic}.notifications.${instance}`, topics: { notifications: topic }, from: 'latest', ephemeral });
    const groups = () => withAdmin(async (admin) => (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(`${topic}.notifications.`)));
    const behaviour = new Behaviour();
    let heard = 0;
    behaviour.notifications = (messages) => void (heard += messages.length);
    const killed = await start([consumer('killed', false)], behaviour);
    await ready(killed.transport);
    await killed.transport.publisher.publish(topic, framesOf('race-1', 1, 1));
    await until(() => heard === 1);
    await killed.app.close();
    expect(await groups()).toEqual([`${topic}.notifications.killed`]);
    const living = await start([consumer('living', true)], behaviour);
    await ready(living.transport);
    expect(await groups()).toEqual([`${topic}.notifications.living`]);
    await living.app.close();
    expect(await groups()).toEqual([]);
  });

  it('sends large amounts in several sends, and refuses only the message that no broker takes', async () => {
    const topic = await newTopic(1);
    const { behaviour, seen } = collecting();
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    const padding = 'x'.repeat(40_000);
    const large = framesOf('race-1', 1, 100).map((frame) => ({ ...frame, value: { ...frame.value, padding } }));
    const huge = framesOf('race-1', 101, 101).map((frame) => ({ ...frame, value: { ...frame.value, padding: 'x'.repeat(3_000_000) } }));
    const calls = [transport.publisher.publish(topic, large), transport.publisher.publish(topic, huge), transport.publisher.publish(topic, framesOf('race-1', 102, 102))];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(calls[1]).rejects.toMatchObject({ code: 'LTS_MESSAGE_INVALID' });
    await until(() => total(seen) >= 101);
    expect(seen.get('race-1')).toEqual([...upTo(100), 102]);
  });

  it('waits for a topic that does not exist, says which, and holds up no other topic', async () => {
    const [missing, there] = [`frames-${randomUUID().slice(0, 8)}`, await newTopic(1)];
    const { behaviour, seen } = collecting();
    const { transport } = await start([framesConsumer(missing, `${missing}.reader`)], behaviour);
    await until(() => transport.health().consumers[0]?.state === `waiting: the topic ${missing} does not exist`);
    const published = transport.publisher.publish(missing, framesOf('race-1', 1, 3));
    await until(() => transport.health().publisher?.state === `waiting: the topic ${missing} does not exist`);
    await transport.publisher.publish(there, framesOf('race-1', 1, 1));
    expect(transport.health().ready).toBe(false);
    await withAdmin((admin) => admin.createTopics({ waitForLeaders: true, topics: [{ topic: missing, numPartitions: 1 }] }));
    await published;
    await until(() => total(seen) >= 3);
    expect(seen.get('race-1')).toEqual([1, 2, 3]);
  });

  it('rearranges the group while a handler waits, without handing anything over twice to one instance', async () => {
    const topic = await newTopic(4);
    const group = `${topic}.reader`;
    const keys = [0, 1, 2, 3].map((partition) => keyOn(partition, 4));
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => (open = resolve));
    const instances = [collecting(), collecting()];
    const entered = new Set<string>();
    for (const { behaviour } of instances) {
      const collect = behaviour.frames;
      behaviour.frames = async (messages) => {
        for (const { key } of messages) entered.add(key);
        if (behaviour === instances[0]!.behaviour) await held;
        await collect(messages);
      };
    }
    const first = await start([framesConsumer(topic, group)], instances[0]!.behaviour);
    await ready(first.transport);
    for (const key of keys) await first.transport.publisher.publish(topic, framesOf(key, 1, 20));
    await until(() => entered.size === 4);
    const second = await start([framesConsumer(topic, group)], instances[1]!.behaviour);
    await ready(second.transport);
    await until(() => total(instances[1]!.seen) >= 40);
    open();
    await until(() => total(instances[0]!.seen) >= 80);
    for (const key of keys) await first.transport.publisher.publish(topic, framesOf(key, 21, 40));
    const all = (key: string): number[] => instances.flatMap(({ seen }) => seen.get(key) ?? []);
    await until(() => keys.every((key) => all(key).includes(40)));
    for (const { seen } of instances) {
      for (const numbers of seen.values()) expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    }
    for (const key of keys) expect([...new Set(all(key))].sort((a, b) => a - b)).toEqual(upTo(40));
  });

  it('waits for a broker that is away at the start and goes away later, and then goes on where it stood', async () => {
    const { kill, startAgain } = broker();
    if (kill === null) return;
    const topic = await newTopic(2);
    const { behaviour, seen } = collecting();
    await kill();
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    const early = transport.publisher.publish(topic, framesOf('race-1', 1, 100));
    const away = `waiting: no broker answers at ${broker().servers.join(', ')}`;
    await until(() => transport.health().consumers[0]?.state === away && transport.health().publisher?.state === away);
    await startAgain();
    await early;
    await until(() => total(seen) >= 100);
    await ready(transport);
    await kill();
    const late = transport.publisher.publish(topic, framesOf('race-1', 101, 200));
    await until(() => transport.health().consumers[0]?.state === away);
    await startAgain();
    await late;
    await until(() => total(seen) >= 200);
    expect(seen.get('race-1')).toEqual(upTo(200));
    await ready(transport);
  });
});
