import { expect, it } from '@jest/globals';
import { TOPICS } from '@lts/contracts';
import { until } from '@lts/testing';
import { describeStages } from './describe-stages.js';
import { expectSameAsEmbedded } from './embedded-content.js';
import { raceFrames } from './race-frames.js';
import type { SeparateStages } from './separate-stages.js';
import { faultOf, keptFrames } from './stored-races.js';
import { rawMessagesOf, standardMessagesOf } from './topic-content.js';

const LIMIT_MS = 180_000;
const PAGES_APART = 40;
/** What is not held would have passed in this time. */
const HELD_MS = 1_500;
/** What the provider sends when nothing is live: an initialisation without a page. */
const NOTHING_LIVE = 'init|n|\n';

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

interface ClosedLock {
  competition: string;
  initId: string;
}

/** A race in which pages, one of them empty, follow on each other. */
function raceWithPages(seed: number): string[] {
  const texts = raceFrames({ seed, minutes: 10, dialect: 'de-kart-numbers', pageEvery: PAGES_APART });
  return [...texts.slice(0, 300), NOTHING_LIVE, ...texts.slice(300)];
}

describeStages('an initialisation among processes', ({ broker, killAndStart, start, open }) => {
  const locksOf = async (stages: SeparateStages, name: string, part: string): Promise<ClosedLock[]> => ((await stages.health(name))[part] as { closedLocks: ClosedLock[] }).closedLocks;
  const published = async (competition: string): Promise<string[]> => (await rawMessagesOf(broker().servers, competition)).map(({ data }) => data);

  async function expectAllStored(stages: SeparateStages, competition: string, fault: (kept: string[]) => string | null): Promise<void> {
    await until(`${competition} is kept`, async () => fault((await keptFrames(stages.recordings, competition)).map(({ text }) => text)) === null, { known: () => stages.output() });
    await stages.settled();
    await expectSameAsEmbedded(stages, competition);
  }

  it(
    'holds the frames behind it, whoever dies, moves or wakes up meanwhile, until an api-sender has stored it',
    async () => {
      const frames = raceWithPages(11);
      const circuit = await open({ lock: frames });
      // short enough that the competition is set aside: what it waits for then has to move with its partition
      const stages = await start({ circuits: circuit.uris, instances: { parser: 2, 'api-sender': 2 }, variables: { parser: { COMPETITION_WAIT_MS: '500' } } });
      const senders = ['api-sender', 'api-sender 2'];
      const parsers = ['parser', 'parser 2'];
      const firstPage = frames.slice(0, 1);
      const closed = async (): Promise<string[]> => {
        const found: string[] = [];
        for (const name of parsers) if (stages.process(name).isRunning && (await locksOf(stages, name, 'parser')).some(({ competition }) => competition === 'lock')) found.push(name);
        return found;
      };

      for (const name of senders) await stages.process(name).kill();
      await circuit.play('lock', 120);
      await until('the lock of a parser is closed', async () => (await closed()).length === 1);
      const [holder = ''] = await closed();
      expect((await locksOf(stages, 'ws-listener', 'intake')).map(({ competition }) => competition)).toEqual(['lock']);
      expect(await published('lock')).toEqual(firstPage);

      // the group is rearranged in the middle of the initialisation: another instance closes its own lock for the same page
      await stages.process(holder).stop();
      await until('the lock of the other parser is closed', async () => (await closed()).length === 1);
      expect(await closed()).not.toContain(holder);
      stages.process(holder).start();
      await stages.ready(holder);

      // a listener that was killed begins with an open lock and sends what waited, up to the next page; the parser holds it
      await killAndStart(stages, 'ws-listener', 100);
      await circuit.play('lock', 160);
      await until('what waited is published', async () => (await published('lock')).length > firstPage.length);
      await pause(HELD_MS);
      expect(new Set((await standardMessagesOf(broker().servers, 'lock')).map(({ data }) => data.frame)).size).toBe(1);
      expect((await locksOf(stages, 'ws-listener', 'intake')).map(({ competition }) => competition)).toEqual(['lock']);

      for (const name of senders) stages.process(name).start();
      await circuit.play('lock', frames.length);
      await expectAllStored(stages, 'lock', (kept) => faultOf(kept, frames, circuit.linksOf('lock')));
    },
    LIMIT_MS,
  );

  it(
    'costs a second, not the race, when nobody hears that it has ended',
    async () => {
      const frames = raceWithPages(12).slice(0, 3 * PAGES_APART);
      const circuit = await open({ deaf: frames });
      const stages = await start({ circuits: circuit.uris, variables: { 'api-sender': { KAFKA_NOTIFICATIONS: TOPICS.test } } });
      await circuit.play('deaf', frames.length);
      await expectAllStored(stages, 'deaf', (kept) => faultOf(kept, frames, circuit.linksOf('deaf')));
    },
    LIMIT_MS,
  );
});
