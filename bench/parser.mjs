import { cpus, totalmem } from 'node:os';
import { ensureBuilt, root } from '../scripts/ensure-built.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The parser alone, on one core: updates of a race of 60 karts in frames of 25 lines, folded with state and actions,
 * against a loop that only splits the same text into lines and fields; and the page of a race of 13 karts. Seconds are
 * those of the processor, all threads of the process together, so that other work on the machine counts little.
 *
 *   node bench/parser.mjs [--runs N]
 */
const LINES_PER_FRAME = 25;
const at = process.argv.indexOf('--runs');
const runs = at < 0 ? 7 : Number(process.argv[at + 1]);

ensureBuilt();
const load = (lib) => import(pathToFileURL(join(root, 'libs', lib, 'dist/index.js')).href);
const { CompetitionState } = await load('apex-parser');
const { Simulation } = await load('race-simulator');

const race = framesOf(60, 90);
const page = framesOf(13, 20).pages.at(-1).text;
const lines = race.updates.reduce((sum, { text }) => sum + text.split('\n').length, 0);

const split = [];
const folded = [];
const paged = [];
let actions = 0;
for (let run = 0; run <= runs; run += 1) {
  split.push(perSecond(lines, () => splitLoop(race.updates)));
  folded.push(perSecond(lines, () => void (actions = fold(race))));
  paged.push(perSecond(2_000, () => readPages(page, 2_000)));
}
// the first round warms up
const [loop, parser, pages] = [split, folded, paged].map((rates) => median(rates.slice(1)));

console.log(`machine    ${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB`);
console.log(`versions   node ${process.version}, v8 ${process.versions.v8}`);
console.log(`race       60 karts: ${race.updates.length} frames of ${LINES_PER_FRAME} lines, ${lines} lines -> ${actions} actions`);
console.log(`split loop ${Math.round(loop)} lines/s (median of ${runs})`);
console.log(`parser     ${Math.round(parser)} lines/s (median of ${runs}; slowest ${Math.round(Math.min(...folded.slice(1)))}, fastest ${Math.round(Math.max(...folded.slice(1)))})`);
console.log(`ratio      ${(loop / parser).toFixed(2)} times the split loop's time`);
console.log(`pages      ${Math.round(pages)} of 13 karts a second (${page.length} characters each)`);

/** A simulated race: its pages, and its updates in frames of equal size. */
function framesOf(teams, minutes) {
  const race = { seed: 7, hours: minutes / 60, teams, rules: 'free-pit-24h', dialect: 'es-endurance', startMs: Date.UTC(2026, 0, 1), day: false, eventful: false };
  const frames = [...new Simulation(race).frames()].filter(({ text }) => text !== '');
  const pages = frames.filter(({ text }) => text.startsWith('init|'));
  const all = frames.filter(({ text }) => !text.startsWith('init|')).flatMap(({ atMs, text }) => text.trimEnd().split('\n').map((line) => ({ atMs, line })));
  const updates = [];
  for (let from = 0; from < all.length; from += LINES_PER_FRAME) {
    const group = all.slice(from, from + LINES_PER_FRAME);
    // one flat string, as a websocket hands it over
    updates.push({ atMs: group[0].atMs, text: Buffer.from(group.map(({ line }) => line).join('\n')).toString('utf8') });
  }
  return { pages, updates };
}

function splitLoop(frames) {
  let fields = 0;
  for (const { text } of frames) for (const line of text.split('\n')) fields += line.split('|').length;
  return fields;
}

function fold({ pages, updates }) {
  const state = new CompetitionState();
  state.apply(pages[0]);
  let count = 0;
  for (const frame of updates) count += state.apply(frame).actions.length;
  return count;
}

function readPages(text, count) {
  const state = new CompetitionState();
  for (let index = 0; index < count; index += 1) state.apply({ atMs: index * 1_000, text });
}

function perSecond(count, work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (count / (user + system)) * 1_000_000;
}

function median(values) {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
}
