import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { partsOfFrameId } from '@lts/contracts';
import { environmentValue } from '@lts/env';
import { describeWithRecordings, until } from '@lts/testing';
import { describeStages } from './describe-stages.js';
import { embeddedContent, expectContent } from './embedded-content.js';
import type { SeparateStages } from './separate-stages.js';
import { keptFrames } from './stored-races.js';

/** How often each of them is killed; the nightly target asks for more. */
const ROUNDS = Number(environmentValue('LTS_KILL_ROUNDS') ?? '1');
const LIMIT_MS = 300_000 * ROUNDS;
const FRAMES = 85_558;
/** Fifteen hours in three quarters of a minute a round, so that the kills come while it runs. */
const SPEED = String(1_200 / ROUNDS);
const LISTENER = 'manual-listener of killed';
/** The listener first: it is the first to have done its work. */
const KILLED = [LISTENER, 'raw-storage', 'parser', 'the broker', 'api-sender', 'lts-api', 'PostgreSQL'];
const LONGEST_DEATH_MS = 3_000;

describeWithRecordings('a recorded twelve-hour race', (folder) => {
  const recording = join(folder, 'recordings/endurance-12h-es.ndjson.gz');

  describeStages('through every stage as a process', ({ start, killAndStart }) => {
    let embedded: Awaited<ReturnType<typeof embeddedContent>>;
    let stages: SeparateStages;

    beforeAll(async () => {
      embedded = await embeddedContent(recording, 'whole');
      stages = await start({ circuits: {} });
    }, LIMIT_MS);

    async function expectWhole(competition: string): Promise<void> {
      await until('every frame is kept', async () => (await keptFrames(stages.recordings, competition)).length === FRAMES, { limitMs: LIMIT_MS / 2, known: () => stages.output() });
      await stages.settled();
      await expectContent(stages.url, competition, embedded);
    }

    it(
      'gives the database that the pipeline in one process gives',
      async () => {
        expect(await stages.replaying(recording, 'whole').run()).toBe(0);
        await expectWhole('whole');
      },
      LIMIT_MS,
    );

    it(
      'gives the same database when one after the other is killed at a random moment',
      async () => {
        const listener = stages.replaying(recording, 'killed', SPEED);
        const storedFrames = async (): Promise<number> => partsOfFrameId((await stages.watermark('killed')) ?? '').counter;
        listener.start();
        for (let kill = 0; kill < KILLED.length * ROUNDS; kill += 1) {
          const name = KILLED[kill % KILLED.length] ?? LISTENER;
          const moment = (FRAMES * (kill + Math.random())) / (KILLED.length * ROUNDS);
          await until(`frame ${Math.round(moment)} is stored, and ${name} killed`, async () => (await storedFrames()) > moment, { limitMs: LIMIT_MS / 2, known: () => stages.output() });
          if (name === LISTENER && kill < KILLED.length) expect(listener.isRunning).toBe(true);
          await killAndStart(stages, name, Math.random() * LONGEST_DEATH_MS);
        }
        await until('the replay has ended', () => !listener.isRunning, { limitMs: LIMIT_MS / 2, known: () => stages.output() });
        expect(await listener.stop()).toBe(0);
        await expectWhole('killed');
      },
      LIMIT_MS,
    );
  });
});
