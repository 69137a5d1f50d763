import { beforeAll, expect, it } from '@jest/globals';
import { until } from '@lts/testing';
import { describeStages } from './describe-stages.js';
import { expectSameAsEmbedded } from './embedded-content.js';
import { raceFrames } from './race-frames.js';
import type { ReplayingCircuit } from './replaying-circuit.js';
import type { SeparateStages } from './separate-stages.js';
import { faultOf, keptFrames } from './stored-races.js';

const LIMIT_MS = 180_000;
/** Long enough that what should wait for the dead one piles up. */
const DEAD_MS = 700;
/** How often each is killed; a broker takes its time to come back. */
const KILLS: Record<string, number> = { 'the broker': 1 };
const OTHER_KILLS = 2;

const RACES = {
  night: raceFrames({ seed: 3, minutes: 60, dialect: 'de-kart-numbers', pageEvery: 90 }),
  day: raceFrames({ seed: 4, minutes: 60, dialect: 'es-endurance', pageEvery: 130 }),
};
const CODES = ['night', 'day'] as const;
const KILLED = ['raw-storage', 'parser', 'api-sender', 'lts-api', 'ws-listener', 'the broker', 'PostgreSQL'];

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

describeStages('the stages as processes, killed in the middle of two races', ({ killAndStart, start, open }) => {
  let circuit: ReplayingCircuit;
  let stages: SeparateStages;

  beforeAll(async () => {
    circuit = await open(RACES);
    stages = await start({ circuits: circuit.uris });
  }, LIMIT_MS);

  /** Plays both races up to a fraction of their length. */
  const play = (fraction: number): Promise<unknown> => Promise.all(CODES.map((code) => circuit.play(code, Math.floor(RACES[code].length * fraction))));

  async function expectEverythingKept(): Promise<void> {
    for (const code of CODES) {
      const received = circuit.linksOf(code).reduce((sum, link) => sum + link.received - link.from, 0);
      await until(`raw-storage has kept what was received of ${code}`, async () => (await keptFrames(stages.recordings, code)).length >= received, { known: () => stages.output() });
    }
    await stages.settled();
    for (const code of CODES) {
      const kept = await keptFrames(stages.recordings, code);
      expect(faultOf(kept.map(({ text }) => text), RACES[code], circuit.linksOf(code))).toBeNull();
      const ids = kept.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].sort());
    }
  }

  it.each(KILLED.map((name, part) => [name, part] as const))(
    'lose and double nothing when %s is killed',
    async (name, part) => {
      const kills = KILLS[name] ?? OTHER_KILLS;
      for (let kill = 1; kill <= kills; kill += 1) {
        // on the way from the circuit to the database when it is killed, and more of it while it is dead
        await play((part + (kill - 0.5) / kills) / KILLED.length);
        await Promise.all([killAndStart(stages, name, DEAD_MS), play((part + kill / kills) / KILLED.length)]);
        await pause(Math.random() * DEAD_MS);
      }
      await expectEverythingKept();
    },
    LIMIT_MS,
  );

  it(
    'hold in the end what the pipeline in one process makes of the same frames',
    async () => {
      for (const code of CODES) {
        await expectSameAsEmbedded(stages, code);
      }
    },
    LIMIT_MS,
  );
});
