import { cpus } from 'node:os';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, root } from '../scripts/ensure-built.mjs';

/**
 * How long the facts of a 24-hour race with 60 teams take to fold, whether an action costs more at the end than at the
 * begin, and how long a restart from a snapshot takes. The baseline walks over the same actions and only counts them.
 *
 *   node bench/metrics.mjs --hours 24 --teams 60 --runs 5
 */
const { values } = parseArgs({ options: { hours: { type: 'string', default: '24' }, teams: { type: 'string', default: '60' }, runs: { type: 'string', default: '5' }, dialect: { type: 'string', default: 'en-endurance' } } });
ensureBuilt();
const built = (file) => import(pathToFileURL(join(root, file)).href);
const { Simulation } = await built('libs/race-simulator/dist/index.js');
const { CompetitionState } = await built('libs/apex-parser/dist/index.js');
const { RaceFacts, gapsAt, stintsOf, stopCosts, drivingTimes, lapChart, paceOf, typicalStop } = await built('libs/race-math/dist/index.js');

console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, node ${process.version}`);
const frames = framesOfRace();
const actions = frames.reduce((sum, frame) => sum + frame.actions.length, 0);
console.log(`${values.hours} h, ${values.teams} teams, ${values.dialect}: ${frames.length} frames with ${actions} actions`);

const folds = [];
const walks = [];
const growth = [];
let facts = null;
for (let run = 0; run < Number(values.runs); run += 1) {
  walks.push(timed(walk));
  const quarters = [];
  facts = new RaceFacts();
  const size = Math.ceil(frames.length / 4);
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const part = frames.slice(quarter * size, (quarter + 1) * size);
    const count = part.reduce((sum, frame) => sum + frame.actions.length, 0);
    quarters.push(timed(() => part.forEach((frame) => facts.fold(frame))) / count);
  }
  folds.push(quarters.reduce((sum, cost, quarter) => sum + cost * frames.slice(quarter * size, (quarter + 1) * size).reduce((all, frame) => all + frame.actions.length, 0), 0));
  growth.push(quarters[3] / quarters[0]);
}
show('fold of the race, ms', folds);
show('walk over its actions, ms', walks);
console.log(`fold / walk: ${(median(folds) / median(walks)).toFixed(1)}; ${((1000 * median(folds)) / actions).toFixed(2)} µs an action`);
show('an action of the last quarter / of the first', growth);

let text = '';
show('snapshot written, ms', repeated(() => (text = JSON.stringify(facts.snapshot()))));
show('snapshot restored, ms', repeated(() => RaceFacts.restore(JSON.parse(text))));
console.log(`snapshot: ${(text.length / 1e6).toFixed(1)} MB`);
const session = facts.session(facts.numbers().at(-1));
const rows = Object.values(session.rows);
show('gaps of all at an instant, ms', repeated(() => gapsAt(session, session.atMs - 3_600_000)));
show('stints and their pace of all, ms', repeated(() => rows.forEach((row) => stintsOf(row, session.atMs).map(({ driven }) => paceOf(driven)))));
show('stops of all, ms', repeated(() => rows.forEach((row) => stopCosts(session, row, typicalStop(session)))));
show('driving times of all, ms', repeated(() => rows.forEach((row) => drivingTimes(row, session.atMs))));
show('lap chart, ms', repeated(() => lapChart(session)));

function framesOfRace() {
  const simulation = new Simulation({ seed: 1, hours: Number(values.hours), teams: Number(values.teams), rules: 'free-pit-24h', dialect: values.dialect, startMs: Date.UTC(2026, 4, 1, 10), day: false, eventful: false });
  const state = new CompetitionState();
  const made = [];
  for (const frame of simulation.frames()) {
    simulation.takeTruth();
    const { session, actions: told } = state.apply(frame);
    if (told.length > 0) made.push({ at_ms: frame.atMs, session, actions: told });
  }
  return made;
}

function walk() {
  const counts = new Map();
  for (const { actions: told } of frames) for (const { type } of told) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

function timed(work) {
  const startedAtMs = performance.now();
  work();
  return performance.now() - startedAtMs;
}

function repeated(work) {
  return Array.from({ length: Number(values.runs) }, () => timed(work));
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

function show(what, numbers) {
  const digits = Math.max(...numbers) < 100 ? 2 : 0;
  console.log(`${what}: min ${Math.min(...numbers).toFixed(digits)}, median ${median(numbers).toFixed(digits)}, max ${Math.max(...numbers).toFixed(digits)}`);
}
