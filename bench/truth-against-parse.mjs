import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import { ensureBuilt, root } from '../scripts/ensure-built.mjs';
import { KINDS, PAGE_KINDS, compareTruth, wireOf } from './compare-truth.mjs';
import { argumentsOf, disagreementsOf, drawnRace, printTable } from './drawn-races.mjs';

/**
 * Simulates races over all dialects and rules, parses their recordings as `npm run parse -- --state` does, and sets the
 * result against the truth. Ends with 1 when they disagree, each disagreement with the command that shows it.
 *
 *   node bench/truth-against-parse.mjs --races 200 --seed 1
 *   node bench/truth-against-parse.mjs --races 200 --faults outage,truncated --last_page
 *
 * With `--command` each recording goes through `npm run parse -- --state` in a process of its own; without it what that calls
 * is called here, which is ten times as fast. `--skip N` leaves out the first races, so that several runs share the work.
 *
 * With `--last_page` the recording ends with the page of the race's end, and only what a page tells is compared: right after
 * whatever was lost before it.
 */
const { values } = parseArgs({
  options: {
    races: { type: 'string', default: '200' },
    skip: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    dialect: { type: 'string' },
    rules: { type: 'string' },
    hours: { type: 'string' },
    teams: { type: 'string' },
    day: { type: 'boolean' },
    eventful: { type: 'boolean' },
    faults: { type: 'string' },
    last_page: { type: 'boolean', default: false },
    command: { type: 'boolean', default: false },
    show: { type: 'string', default: '3' },
  },
});
ensureBuilt();
const built = (file) => import(pathToFileURL(join(root, file)).href);
const { DIALECTS, RULE_SETS, Simulation } = await built('libs/race-simulator/dist/index.js');
const { readEnv } = await built('libs/env/dist/index.js');
const { SimulateEnv } = await built('apps/simulator/dist/simulate/env.js');
const { simulationOptions } = await built('apps/simulator/dist/race-settings.js');
const { simulate } = await built('apps/simulator/dist/simulate/simulate.js');
const { ParseEnv } = await built('apps/parser/dist/parse-cli/env.js');
const { parseFiles } = await built('apps/parser/dist/parse-cli/parse-files.js');

const AFTER_END_MS = 10 * 60_000;
const folder = mkdtempSync(join(tmpdir(), 'lts-truth-'));
const totals = new Map();
let unlike = 0;

for (let place = Number(values.skip); place < Number(values.races); place += 1) {
  const race = drawnRace(Number(values.seed), place, values, { DIALECTS, RULE_SETS });
  const found = await compared(race);
  const total = totals.get(race.dialect) ?? totals.set(race.dialect, newTotal()).get(race.dialect);
  total.races += 1;
  for (const kind of KINDS) {
    total[kind].compared += found[kind].compared;
    total[kind].wrong += found[kind].wrong.length;
  }
  const wrong = KINDS.flatMap((kind) => found[kind].wrong);
  if (wrong.length === 0) continue;
  unlike += 1;
  console.log(disagreementsOf(race, wrong, { faults: values.faults, show: Number(values.show) }));
}
rmSync(folder, { recursive: true, force: true });
const cell = ({ compared: count, wrong }) => `${count}${wrong === 0 ? '' : ` (${wrong} wrong)`}`;
printTable(['dialect', 'races', ...KINDS], [...totals].map(([dialect, total]) => [dialect, String(total.races), ...KINDS.map((kind) => cell(total[kind]))]));
console.log(`${Number(values.races) - Number(values.skip)} races, ${unlike} with disagreements`);
process.exit(unlike === 0 ? 0 : 1);

async function compared(race) {
  const recording = join(folder, 'race.ndjson');
  const truth = join(folder, 'truth.jsonl');
  const onTimeFrames = await onTime(race);
  await simulated([...argumentsOf(race, values.faults), '--recording', recording, '--truth', truth]);
  if (values.last_page) appendFileSync(recording, `${JSON.stringify(lastPageOf(race))}\n`);
  return compareTruth(linesOf(truth), JSON.parse(await parsed(recording)), { ...wireOf(linesOf(recording), onTimeFrames), kinds: values.last_page ? PAGE_KINDS : KINDS });
}

/** The document of `npm run parse -- --state`. */
async function parsed(recording) {
  if (values.command) return command(recording);
  const stdout = new PassThrough();
  const document = text(stdout);
  await parseFiles([recording], readEnv(ParseEnv, { argv: ['--state'], variables: {}, file: null }).env, { stdout, stderr: new PassThrough().resume() });
  stdout.end();
  return document;
}

async function simulated(argv) {
  const { env } = readEnv(SimulateEnv, { argv, variables: {}, file: null });
  await simulate(env, { stdout: new PassThrough().resume(), stderr: new PassThrough().resume() });
}

function command(recording) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'parse', '--', recording, '--state'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`npm run parse ended with ${status}: ${stderr}`);
  return stdout;
}

/** What a client is sent that joins when all is over. */
function lastPageOf(race) {
  const simulation = new Simulation(simulationOptions({ ...race, hours: String(race.hours) }));
  let atMs = 0;
  for (const frame of simulation.frames()) atMs = frame.atMs;
  return { receivedAtMs: atMs + AFTER_END_MS, text: simulation.page() };
}

/** The frames as a clock that runs evenly stamps them, where that of the receiver is set forward and back. */
async function onTime(race) {
  const faults = values.faults?.split(',') ?? [];
  if (!faults.includes('clock-steps')) return undefined;
  const recording = join(folder, 'on-time.ndjson');
  await simulated([...argumentsOf(race, faults.filter((fault) => fault !== 'clock-steps').join(',')), '--recording', recording]);
  return linesOf(recording);
}

function linesOf(path) {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

function newTotal() {
  return { races: 0, ...Object.fromEntries(KINDS.map((kind) => [kind, { compared: 0, wrong: 0 }])) };
}
