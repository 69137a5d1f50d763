import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { parkedTopic } from '@lts/contracts';
import { kafkaTransport } from '@lts/messaging';
import { listRecordings } from '@lts/recordings';
import { describeWithKafka } from '@lts/testing';
import { frameMessages, numbersUpTo, recordedNumbers } from './frames.js';

const MAIN = resolve(dirname(fileURLToPath(import.meta.url)), '../dist/main.js');
const LIMIT_MS = 240_000;
const COMPETITIONS = ['night', 'a/b', 'final', 'cup'];

async function until(condition: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + LIMIT_MS / 2;
  while (!(await condition().catch(() => false))) {
    if (Date.now() > limit) throw new Error(`It never became true: ${condition.toString()}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

describeWithKafka('raw-storage as a process on Kafka', (broker) => {
  it('has every frame once and in order after it was killed again and again, also by two instances at once', async () => {
    const topic = `raw-${randomUUID().slice(0, 8)}`;
    broker().createTopic(topic, 2);
    broker().createTopic(parkedTopic(topic));
    const outputPath = mkdtempSync(join(tmpdir(), 'storage-kafka-'));
    const servers = broker().servers.join(',');
    const children = new Set<ChildProcess>();
    const start = (): void => {
      const flags = ['--kafka_servers', servers, '--kafka_consume', topic, '--kafka_group', `${topic}.storage`, '--output_path', outputPath, '--rotate_mb', '1', '--verbosity', '0'];
      children.add(spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] }));
    };
    const killOne = async (): Promise<void> => {
      const [child] = children;
      if (child === undefined) return;
      children.delete(child);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    };
    const transport = kafkaTransport({ kafkaServers: broker().servers }, 'spec');
    const recorded = async (): Promise<number> => (await Promise.all(COMPETITIONS.map((code) => recordedNumbers(outputPath, code).catch(() => [])))).reduce((sum, { length }) => sum + length, 0);
    let [published, isOver] = [0, false];
    const publishing = (async () => {
      while (!isOver) {
        for (const code of COMPETITIONS) await transport.publisher.publish(topic, frameMessages(code, published + 1, published + 20, 'x'.repeat(2_000)));
        published += 20;
        await new Promise((resume) => setTimeout(resume, 20));
      }
    })();
    try {
      start();
      for (let round = 0; round < 3; round += 1) {
        start();
        const before = await recorded();
        await until(async () => (await recorded()) > before);
        await killOne();
      }
      isOver = true;
      await publishing;
      await until(async () => (await recorded()) >= published * COMPETITIONS.length);
      for (const code of COMPETITIONS) expect(await recordedNumbers(outputPath, code)).toEqual(numbersUpTo(published));
      expect((await listRecordings(outputPath)).map(({ competition }) => competition).sort()).toEqual([...COMPETITIONS].sort());
    } finally {
      isOver = true;
      while (children.size > 0) await killOne();
      await publishing;
      await transport.close();
      rmSync(outputPath, { recursive: true, force: true });
    }
  }, LIMIT_MS);
});
