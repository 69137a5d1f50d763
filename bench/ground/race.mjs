import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/ensure-built.mjs';

const load = (lib) => import(pathToFileURL(join(root, 'libs', lib, 'dist/index.js')).href);

/** Frames of a simulated race of 60 karts as they come from the circuit: `{atMs, text}`; a first page, then updates only. */
export async function raceFrames(count) {
  const { Simulation } = await load('race-simulator');
  const race = { seed: 7, hours: 24, teams: 60, rules: 'pomposa-24h', dialect: 'es-endurance', startMs: Date.UTC(2026, 0, 1), day: false, eventful: false };
  const frames = [];
  for (const { atMs, text } of new Simulation(race).frames()) {
    const isFirst = frames.length === 0;
    if (text === '' || text.startsWith('init|') !== isFirst) continue;
    frames.push({ atMs, text });
    if (frames.length === count) break;
  }
  return frames;
}

/** The same race in several competitions, as records of `raw-messages`, frame by frame. */
export async function rawRecords(frames, competitions) {
  const { FrameIdSequence, rawMessage } = await load('contracts');
  const ids = new Map(competitions.map((code) => [code, new FrameIdSequence(null)]));
  return frames.flatMap(({ atMs, text }) =>
    competitions.map((code) => {
      const message = rawMessage({ id: ids.get(code).next(atMs), competitionCode: code, source: 'bench', atMs, data: text });
      return { key: code, kind: 'raw', value: Buffer.from(JSON.stringify(message)) };
    }),
  );
}
