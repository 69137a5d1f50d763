import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import { ensureBuilt, root } from '../scripts/ensure-built.mjs';
import { KINDS, compareTruth, wireOf } from './compare-truth.mjs';

/**
 * Simulates races over all dialects and rules, parses their recordings as `npm run parse -- --state` does, and sets the
 * result against the truth. Ends with 1 when they disagree, each disagreement with the command that shows it.
 *
 *   node bench/truth-against-parse.mjs --races 200 --seed 1
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
    show: { type: 'string', default: '3' },
  },
});
ensureBuilt();
const built = (file) => import(pathToFileURL(join(root, file)).href);
const { DIALECTS, RULE_SETS } = await built('libs/race-simulator/dist/index.js');
const { readEnv } = await built('libs/env/dist/index.js');
const { SimulateEnv } = await built('apps/simulator/dist/simulate/env.js');
const { simulate } = await built('apps/simulator/dist/simulate/simulate.js');
const { ParseEnv } = await built('apps/parser/dist/parse-cli/env.js');
const { parseFiles } = await built('apps/parser/dist/parse-cli/parse-files.js');

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
  const stderr = new PassThrough().resume();
  await simulated([...argumentsOf(race), '--recording', recording, '--truth', truth]);
  const stdout = new PassThrough();
  const document = text(stdout);
  await parseFiles([recording], readEnv(ParseEnv, { argv: ['--state'], variables: {}, file: null }).env, { stdout, stderr });
  stdout.end();
  return compareTruth(linesOf(truth), JSON.parse(await document), wireOf(linesOf(recording), await onTime(race)));
}

async function simulated(argv) {
  const { env } = readEnv(SimulateEnv, { argv, variables: {}, file: null });
  await simulate(env, { stdout: new PassThrough().resume(), stderr: new PassThrough().resume() });
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
