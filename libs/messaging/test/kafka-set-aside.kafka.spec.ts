import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { PipelineError } from '@lts/contracts';
import { describeWithKafka } from '@lts/testing';
import { framesConsumer, framesOf, until, upTo } from './frames-app.js';
import { kafkaSurroundings } from './kafka-surroundings.js';

/** A member that a machine under load keeps silent for long must not lose its partitions, or messages come again for that. */
const QUICKLY = { competitionWaitMs: 300, maxBatch: 20, sessionTimeoutMs: 15_000 };

describeWithKafka('Kafka transport: competitions set aside', (broker) => {
  const { newTopic, newTransport, start, ready, committed, collecting, total } = kafkaSurroundings(broker);

  /** Collects frames; those of the competitions in `blocked` fail with the code given. */
  function blocking(code: 'LTS_COMPETITION_UNKNOWN' | 'LTS_API_UNAVAILABLE' = 'LTS_COMPETITION_UNKNOWN') {
    const { behaviour, seen } = collecting();
    const collect = behaviour.frames;
    const blocked = new Set<string>();
    behaviour.frames = (messages) => {
      if (blocked.has(messages[0]?.key ?? '')) throw new PipelineError(code, 'Nobody has made it.');
      return collect(messages);
    };
    return { behaviour, seen, blocked };
  }

  it('lets the others of the partition go on, and brings the competition back in order when its cause is gone', async () => {
    const topic = await newTopic(1);
    const group = `${topic}.reader`;
    const { behaviour, seen, blocked } = blocking();
    blocked.add('unknown');
    const { transport } = await start([framesConsumer(topic, group)], behaviour, QUICKLY);
    for (let n = 1; n <= 200; n += 10) await transport.publisher.publish(topic, [...framesOf('known', n, n + 9), ...framesOf('unknown', n, n + 9)]);
    await until(() => seen.get('known')?.at(-1) === 200);
    expect(seen.get('known')).toEqual(upTo(200));
    expect(seen.has('unknown')).toBe(false);
    const { state, aside } = transport.health().consumers[0]!;
    expect(state).toBe('running');
    expect(aside).toMatchObject([{ competition: 'unknown', offset: '10', reason: 'Nobody has made it.' }]);
    expect(transport.health().ready).toBe(true);
    await until(async () => (await committed(group, topic)) === 400);
    blocked.clear();
    await transport.publisher.publish(topic, framesOf('unknown', 201, 220));
    await until(() => seen.get('unknown')?.at(-1) === 220);
    await until(() => transport.health().consumers[0]?.aside?.length === 0);
    await transport.publisher.publish(topic, framesOf('unknown', 221, 240));
    await until(() => seen.get('unknown')?.at(-1) === 240);
    expect(seen.get('unknown')).toEqual(upTo(240));
    expect(total(seen)).toBe(440);
  });

  it('catches up while new messages keep coming, in order, each message once', async () => {
    const topic = await newTopic(1);
    const { behaviour, seen, blocked } = blocking();
    blocked.add('unknown');
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour, QUICKLY);
    await transport.publisher.publish(topic, [...framesOf('unknown', 1, 500), ...framesOf('known', 1, 1)]);
    await until(() => seen.has('known'));
    blocked.clear();
    for (let n = 501; n <= 900; n += 1) {
      await transport.publisher.publish(topic, framesOf('unknown', n, n));
      if (n % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await until(() => seen.get('unknown')?.at(-1) === 900);
    expect(seen.get('unknown')).toEqual(upTo(900));
    await until(() => transport.health().consumers[0]?.aside?.length === 0);
  });

  it('sets a competition aside whose handler waits, and calls it for nothing else meanwhile', async () => {
    const topic = await newTopic(1);
    const { behaviour, seen } = collecting();
    const collect = behaviour.frames;
    let open = (): void => undefined;
    const lock = new Promise<void>((resolve) => (open = resolve));
    let calls = 0;
    behaviour.frames = async (messages) => {
      if (messages[0]?.key === 'locked') {
        calls += 1;
        await lock;
      }
      await collect(messages);
    };
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour, QUICKLY);
    await transport.publisher.publish(topic, framesOf('locked', 1, 5));
    await until(() => calls === 1);
    await transport.publisher.publish(topic, [...framesOf('locked', 6, 50), ...framesOf('free', 1, 50)]);
    await until(() => seen.get('free')?.at(-1) === 50);
    expect(calls).toBe(1);
    open();
    await until(() => seen.get('locked')?.at(-1) === 50);
    expect(seen.get('locked')).toEqual(upTo(50));
  });

  it('sets none aside while the API is away for all', async () => {
    const topic = await newTopic(1);
    const { behaviour, seen, blocked } = blocking('LTS_API_UNAVAILABLE');
    blocked.add('first').add('second');
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour, { ...QUICKLY, competitionWaitMs: 50 });
    await transport.publisher.publish(topic, [...framesOf('first', 1, 5), ...framesOf('second', 1, 5)]);
    await until(() => transport.health().consumers[0]?.state === 'retrying: Nobody has made it.');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(transport.health().consumers[0]?.aside).toEqual([]);
    blocked.clear();
    await until(() => total(seen) === 10);
  });

  it('goes on from the competition\'s own position after a restart', async () => {
    const topic = await newTopic(1);
    const group = `${topic}.reader`;
    const first = blocking();
    first.blocked.add('unknown');
    const { app, transport } = await start([framesConsumer(topic, group)], first.behaviour, QUICKLY);
    await transport.publisher.publish(topic, [...framesOf('known', 1, 100), ...framesOf('unknown', 1, 100), ...framesOf('known', 101, 200)]);
    await until(() => first.seen.get('known')?.at(-1) === 200);
    await app.close();
    expect(await committed(group, topic)).toBe(300);
    const second = blocking();
    second.blocked.add('unknown');
    const restarted = await start([framesConsumer(topic, group)], second.behaviour, QUICKLY);
    await ready(restarted.transport);
    await until(() => restarted.transport.health().consumers[0]?.aside?.[0]?.reason === 'Nobody has made it.');
    await restarted.transport.publisher.publish(topic, [...framesOf('known', 201, 210), ...framesOf('unknown', 101, 110)]);
    await until(() => second.seen.get('known')?.at(-1) === 210);
    second.blocked.clear();
    await until(() => second.seen.get('unknown')?.at(-1) === 110);
    expect(second.seen.get('known')).toEqual(Array.from({ length: 10 }, (_, n) => 201 + n));
    expect(second.seen.get('unknown')).toEqual(upTo(110));
    expect(first.seen.has('unknown')).toBe(false);
  });

  it('leaves the competitions set aside to the instance that gets their partition', async () => {
    const topic = await newTopic(1);
    const group = `${topic}.reader`;
    const first = blocking();
    first.blocked.add('unknown');
    const one = await start([framesConsumer(topic, group)], first.behaviour, QUICKLY);
    await one.transport.publisher.publish(topic, [...framesOf('unknown', 1, 100), ...framesOf('known', 1, 100)]);
    await until(async () => (await committed(group, topic)) === 200);
    const second = blocking();
    const two = await start([framesConsumer(topic, group)], second.behaviour, QUICKLY);
    await ready(two.transport);
    await one.app.close();
    await two.transport.publisher.publish(topic, framesOf('unknown', 101, 120));
    await until(() => second.seen.get('unknown')?.at(-1) === 120);
    expect(second.seen.get('unknown')).toEqual(upTo(120));
    expect(first.seen.has('unknown')).toBe(false);
  });

  it('loses nothing of it and doubles nothing when the process is killed meanwhile', async () => {
    const topic = await newTopic(1);
    const folder = mkdtempSync(join(tmpdir(), 'lts-aside-'));
    const barrier = join(folder, 'unknown.blocked');
    writeFileSync(barrier, '');
    const linesOf = (key: string): number[] => (existsSync(join(folder, key)) ? readFileSync(join(folder, key), 'utf8').trim().split('\n').map(Number) : []);
    const { publisher } = newTransport();
    for (let n = 1; n <= 300; n += 10) await publisher.publish(topic, [...framesOf('known', n, n + 9), ...framesOf('unknown', n, n + 9)]);
    const life = async (isOver: () => boolean): Promise<void> => {
      const child = spawn(process.execPath, ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'test/killable-aside.ts', broker().servers.join(','), topic, `${topic}.killed`, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      try {
        await until(() => isOver() || child.exitCode !== null);
      } finally {
        child.kill('SIGKILL');
        await ended;
      }
    };
    await life(() => (linesOf('known').at(-1) ?? 0) >= 150);
    await life(() => linesOf('known').at(-1) === 300);
    expect(linesOf('unknown')).toEqual([]);
    rmSync(barrier);
    await life(() => (linesOf('unknown').at(-1) ?? 0) >= 100);
    await life(() => linesOf('unknown').at(-1) === 300);
    expect(linesOf('known')).toEqual(upTo(300));
    expect(linesOf('unknown')).toEqual(upTo(300));
  });
});
