import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { StageProcess, freePort, until } from '@lts/testing';
import { newFolder } from '../started-app.js';
import { raceContent } from '../race-content.js';
import { describeStages } from './describe-stages.js';
import { expectSameAsEmbedded } from './embedded-content.js';
import { type RaceFramesOptions, raceFrames, simulatorArguments } from './race-frames.js';
import type { SeparateStages } from './separate-stages.js';
import { faultOf, keptFrames } from './stored-races.js';
import { rawMessagesOf, standardMessagesOf } from './topic-content.js';

const LIMIT_MS = 180_000;
/** Longer than a group waits for a member that says nothing. */
const FROZEN_MS = 13_000;

/** Their partitions are of both instances of a stage. */
const RACES: Record<string, RaceFramesOptions> = {
  night: { seed: 3, minutes: 20, dialect: 'de-kart-numbers' },
  day: { seed: 4, minutes: 20, dialect: 'es-endurance' },
  sprint: { seed: 5, minutes: 20, dialect: 'fr-rental' },
};

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

describeStages('two parsers and two api-senders as processes', ({ broker, start, open }) => {
  const simulators: StageProcess[] = [];
  afterAll(async () => {
    for (const simulator of simulators) await simulator.kill();
  });

  /** Starts the app simulator for each race; answers their addresses. */
  async function simulated(): Promise<Record<string, string>> {
    const uris: Record<string, string> = {};
    for (const [code, race] of Object.entries(RACES)) {
      const port = await freePort();
      const simulator = new StageProcess(`simulator of ${code}`, { command: simulatorArguments(race, port), variables: {}, folder: newFolder() });
      simulators.push(simulator);
      simulator.start();
      uris[code] = `ws://127.0.0.1:${port}/`;
    }
    return uris;
  }

  const figure = async (stages: SeparateStages, name: string, part: string, count: string): Promise<number> => ((await stages.health(name))[part] as Record<string, number>)[count] ?? 0;

  it(
    'keep the order of each competition while all of them run at once, each with its share',
    async () => {
      const stages = await start({ circuits: await simulated(), instances: { parser: 2, 'api-sender': 2 } });
      const texts = Object.fromEntries(Object.entries(RACES).map(([code, race]) => [code, raceFrames(race)]));
      for (const code of Object.keys(RACES)) {
        await until(`${code} is kept`, async () => (await keptFrames(stages.recordings, code)).length >= (texts[code]?.length ?? 0), { known: () => stages.output() });
      }
      await stages.settled();
      for (const code of Object.keys(RACES)) {
        const kept = await keptFrames(stages.recordings, code);
        expect(kept.map(({ text }) => text)).toEqual(texts[code]);
        const raw = await rawMessagesOf(broker().servers, code);
        expect(raw.map(({ id, data }) => ({ id, text: data }))).toEqual(kept);
        const frames = (await standardMessagesOf(broker().servers, code)).map(({ data }) => data.frame);
        expect(frames.length).toBeGreaterThan(100);
        const ids = kept.map(({ id }) => id);
        expect(ids).toEqual([...new Set(ids)].sort());
        // a group that is rearranged may tell frames again, but never one before the one it follows on
        expect([...new Set(frames)]).toEqual([...new Set(frames)].sort());
        await expectSameAsEmbedded(stages, code);
      }
      for (const name of ['parser', 'parser 2']) expect(await figure(stages, name, 'parser', 'frames')).toBeGreaterThan(100);
      for (const name of ['api-sender', 'api-sender 2']) expect(await figure(stages, name, 'sender', 'frames')).toBeGreaterThan(100);
    },
    LIMIT_MS,
  );

  it(
    'lead to the same database when instances come, go, and wake up after the others have taken over their work',
    async () => {
      const races = { 'long-night': raceFrames({ seed: 6, minutes: 40, dialect: 'de-kart-numbers', pageEvery: 100 }), 'long-day': raceFrames({ seed: 7, minutes: 40, dialect: 'es-endurance', pageEvery: 100 }) };
      const codes = ['long-night', 'long-day'] as const;
      const circuit = await open(races);
      const stages = await start({ circuits: circuit.uris, instances: { parser: 2, 'api-sender': 2 } });
      const play = (fraction: number): Promise<unknown> => Promise.all(codes.map((code) => circuit.play(code, Math.floor(races[code].length * fraction))));

      await play(0.2);
      expect(await Promise.all([stages.process('parser 2').stop(), stages.process('api-sender').stop(), play(0.4)])).toEqual([0, 0, expect.anything()]);
      stages.process('parser 2').start();
      stages.process('api-sender').start();
      await play(0.6);
      const halted = ['parser', 'api-sender 2'];
      for (const name of halted) stages.process(name).signal('SIGSTOP');
      await Promise.all([pause(FROZEN_MS), play(0.8)]);
      await stages.settled({ halted });
      for (const name of halted) stages.process(name).signal('SIGCONT');
      await play(1);
      for (const code of codes) await until(`${code} is kept`, async () => (await keptFrames(stages.recordings, code)).length >= races[code].length, { known: () => stages.output() });
      await stages.settled();
      for (const code of codes) {
        const kept = await keptFrames(stages.recordings, code);
        expect(faultOf(kept.map(({ text }) => text), races[code], circuit.linksOf(code))).toBeNull();
        await expectSameAsEmbedded(stages, code);
      }
    },
    LIMIT_MS,
  );

  it(
    'give the same ids to the same recording whenever it is replayed',
    async () => {
      const stages = await start({ circuits: {} });
      const recording = join(newFolder(), 'race.ndjson');
      writeFileSync(recording, raceFrames({ seed: 8, minutes: 10, dialect: 'es-endurance', pageEvery: 100 }).map((text, index) => `${JSON.stringify({ receivedAtMs: 1_760_000_000_000 + index * 200, text })}\n`).join(''));
      const recordsOf = async (code: string): Promise<unknown[]> => (await standardMessagesOf(broker().servers, code)).map(({ data }) => data);
      for (const code of ['first', 'second', 'first']) expect(await stages.replaying(recording, code).run()).toBe(0);
      await stages.settled();
      const first = await recordsOf('first');
      expect(first.length).toBeGreaterThan(50);
      expect(await recordsOf('second')).toEqual(first);
      expect(await raceContent(stages.url, 'second')).toEqual(await raceContent(stages.url, 'first'));
    },
    LIMIT_MS,
  );

  it(
    'take a frame of the largest size that is accepted, whatever its letters are',
    async () => {
      const race = raceFrames({ seed: 9, minutes: 4, dialect: 'es-endurance' });
      // JSON writes six letters for each of these
      const large = `com||${'\u0001'.repeat(512 * 1024 - 'com||'.length)}`;
      const frames = [...race.slice(0, 20), large, ...race.slice(20)];
      const circuit = await open({ large: frames });
      const stages = await start({ circuits: circuit.uris });
      await circuit.play('large', frames.length);
      await until('the race is kept', async () => (await keptFrames(stages.recordings, 'large')).length >= frames.length, { known: () => stages.output() });
      await stages.settled();
      expect(faultOf((await keptFrames(stages.recordings, 'large')).map(({ text }) => text), frames, circuit.linksOf('large'))).toBeNull();
      await expectSameAsEmbedded(stages, 'large');
    },
    LIMIT_MS,
  );
});
