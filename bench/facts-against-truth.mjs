import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, root } from '../scripts/ensure-built.mjs';
import { disagreementsOf, drawnRace, printTable } from './drawn-races.mjs';

/**
 * Simulates races over all dialects, rules and lossless faults of frames, folds their feed into facts, and sets these against the truth.
 * Prints a table, ends with 1 when they disagree, each disagreement with the command that shows the race.
 *
 *   npm run verify -- --races 200 --seed 1
 */
const { values } = parseArgs({
  options: {
    races: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    dialect: { type: 'string' },
    rules: { type: 'string' },
    hours: { type: 'string' },
    teams: { type: 'string' },
    faults: { type: 'string' },
    show: { type: 'string', default: '3' },
  },
});
ensureBuilt();
const built = (file) => import(pathToFileURL(join(root, file)).href);
const { DIALECTS, RULE_SETS, Simulation, withFaults } = await built('libs/race-simulator/dist/index.js');
const { CompetitionState } = await built('libs/apex-parser/dist/index.js');
const { RaceFacts } = await built('libs/race-math/dist/index.js');
const { KINDS, compareFacts } = await import('./compare-facts.mjs');
const { wireOf } = await import('./compare-truth.mjs');

const START_MS = Date.UTC(2026, 4, 1, 10);
const totals = new Map();
let unlike = 0;

for (let place = 0; place < Number(values.races); place += 1) {
  const race = drawnRace(Number(values.seed), place, values, { DIALECTS, RULE_SETS });
  const found = compared(race);
  const total = totals.get(race.dialect) ?? totals.set(race.dialect, newTotal()).get(race.dialect);
  total.races += 1;
  for (const kind of KINDS) {
    total[kind].compared += found[kind].compared;
    total[kind].wrong += found[kind].wrong.length;
    for (const error of found[kind].errors) total[kind].errors.push(error);
  }
  const wrong = KINDS.flatMap((kind) => found[kind].wrong.map((sentence) => `${kind}: ${sentence}`));
  if (wrong.length === 0) continue;
  unlike += 1;
  console.log(disagreementsOf(race, wrong, { faults: values.faults, show: Number(values.show) }));
}
printTable(['dialect', 'races', ...KINDS], [...totals].map(([dialect, total]) => [dialect, String(total.races), ...KINDS.map((kind) => cellOf(total[kind]))]));
console.log('± median / 99th percentile of the error in ms');
console.log(`${values.races} races, ${unlike} with disagreements`);
process.exit(unlike === 0 ? 0 : 1);

function compared(race) {
  const simulation = new Simulation({ ...race, startMs: START_MS });
  const truth = [];
  const frames = [];
  const state = new CompetitionState();
  const facts = new RaceFacts();
  const feed = simulation.frames();
  for (const frame of values.faults === undefined ? feed : withFaults(feed, values.faults.split(','), race.seed)) {
    const { session, actions } = state.apply(frame);
    facts.fold({ at_ms: frame.atMs, session, actions });
    truth.push(...simulation.takeTruth());
    if (frame.text.includes('grid|')) frames.push({ receivedAtMs: frame.atMs, text: frame.text });
  }
  truth.push(...simulation.takeTruth());
  return compareFacts(truth, facts.session(facts.numbers().at(-1)), wireOf(frames));
}

function newTotal() {
  return { races: 0, ...Object.fromEntries(KINDS.map((kind) => [kind, { compared: 0, wrong: 0, errors: [] }])) };
}

/** How much was compared, what was wrong, and the median and 99th percentile of the errors in ms. */
function cellOf({ compared: count, wrong, errors }) {
  errors.sort((a, b) => a - b);
  const at = (share) => Math.round(errors[Math.min(errors.length - 1, Math.floor(share * errors.length))]);
  return `${count}${errors.length === 0 ? '' : ` ±${at(0.5)}/${at(0.99)}`}${wrong === 0 ? '' : ` (${wrong} wrong)`}`;
}
