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

/**
 * Simulates races over all dialects and rules, parses their recordings as `npm run parse -- --state` does, and sets the
 * result against the truth. Ends with 1 when they disagree, each disagreement with the command that shows it.
 *
 *   node bench/truth-against-parse.mjs --races 200 --seed 1
 *   node bench/truth-against-parse.mjs --races 200 --faults outage,truncated --last_page
 *
 * With `--command` each race goes through `npm run simulate` and `npm run parse` in processes of their own; without it what
 * they call is called here, which is ten times as fast.
 *
 * With `--last_page` the recording ends with the page of the race's end, and only what a page tells is compared: right after
 * whatever was lost before it.
 */
const { values } = parseArgs({
  options: {
    races: { type: 'string', default: '200' },
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
const HOURS = [0.25, 0.5, 1, 2];
const folder = mkdtempSync(join(tmpdir(), 'lts-truth-'));
const totals = new Map();
let unlike = 0;

for (let place = 0; place < Number(values.races); place += 1) {
  const race = raceAt(place);
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
  console.log(`${commandOf(race)}\n${wrong.slice(0, Number(values.show)).map((sentence) => `    ${sentence}\n`).join('')}${wrong.length > Number(values.show) ? `    and ${wrong.length - Number(values.show)} more\n` : ''}`);
}
rmSync(folder, { recursive: true, force: true });
printTable();
console.log(`${values.races} races, ${unlike} with disagreements`);
process.exit(unlike === 0 ? 0 : 1);

function raceAt(place) {
  const seed = Number(values.seed) + place;
  const turn = Math.floor(place / DIALECTS.length);
  return {
    seed,
    dialect: values.dialect ?? DIALECTS[place % DIALECTS.length].name,
    rules: values.rules ?? RULE_SETS[(place + turn) % RULE_SETS.length].name,
    hours: Number(values.hours ?? HOURS[seed % HOURS.length]),
    teams: Number(values.teams ?? 4 + ((seed * 7) % 27)),
    day: values.day ?? seed % 3 === 0,
    eventful: values.eventful ?? seed % 5 === 0,
  };
}

function argumentsOf(race, faults = values.faults) {
  const given = Object.entries(race).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return faults === undefined || faults === '' ? given : [...given, '--faults', faults];
}

function commandOf(race) {
  return `npm run simulate -- ${argumentsOf(race).join(' ')} --recording race.ndjson --truth truth.jsonl`;
}

async function compared(race) {
  const recording = join(folder, 'race.ndjson');
  const truth = join(folder, 'truth.jsonl');
  const onTimeFrames = await onTime(race);
  await simulated([...argumentsOf(race), '--recording', recording, '--truth', truth]);
  if (values.last_page) appendFileSync(recording, `${JSON.stringify(lastPageOf(race))}\n`);
  return compareTruth(linesOf(truth), JSON.parse(await parsed(recording)), { ...wireOf(linesOf(recording), onTimeFrames), kinds: values.last_page ? PAGE_KINDS : KINDS });
}

/** The document of `npm run parse -- --state`. */
async function parsed(recording) {
  if (values.command) return command('parse', [recording, '--state']);
  const stdout = new PassThrough();
  const document = text(stdout);
  await parseFiles([recording], readEnv(ParseEnv, { argv: ['--state'], variables: {}, file: null }).env, { stdout, stderr: new PassThrough().resume() });
  stdout.end();
  return document;
}

async function simulated(argv) {
  if (values.command) return void command('simulate', argv);
  const { env } = readEnv(SimulateEnv, { argv, variables: {}, file: null });
  await simulate(env, { stdout: new PassThrough().resume(), stderr: new PassThrough().resume() });
}

function command(name, argv) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name, '--', ...argv], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`npm run ${name} ended with ${status}: ${stderr}`);
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

function printTable() {
  const cell = ({ compared: count, wrong }) => `${count}${wrong === 0 ? '' : ` (${wrong} wrong)`}`;
  const lines = [...totals].map(([dialect, total]) => [dialect, String(total.races), ...KINDS.map((kind) => cell(total[kind]))]);
  const head = ['dialect', 'races', ...KINDS];
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column].length)));
  for (const line of [head, ...lines]) console.log(line.map((value, column) => value.padEnd(widths[column])).join('  ').trimEnd());
}
