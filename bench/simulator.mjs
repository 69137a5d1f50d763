import { cpus, totalmem } from 'node:os';
import { ensureBuilt, root } from '../scripts/ensure-built.mjs';

/**
 * How long a long race takes to generate, with its feed and its truth.
 *
 *   node bench/simulator.mjs [--hours H] [--teams T]
 */
const argv = process.argv.slice(2);
const hours = numberAfter('--hours', 24);
const teams = numberAfter('--teams', 60);
ensureBuilt();
const { DIALECTS, Simulation } = await import(`${root}/libs/race-simulator/dist/index.js`);

console.log(`machine  ${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}`);
console.log(`race     ${hours} h, ${teams} teams`);
for (const { name } of DIALECTS) console.log(generate(name));

function generate(dialect) {
  const startMs = Date.UTC(2026, 5, 6, 12);
  const simulation = new Simulation({ seed: 1, hours, teams, rules: 'pomposa-24h', dialect, startMs, day: false, eventful: false });
  const began = performance.now();
  let frames = 0;
  let bytes = 0;
  let records = 0;
  for (const { text } of simulation.frames()) {
    frames += 1;
    bytes += text.length;
    records += simulation.takeTruth().length;
  }
  records += simulation.takeTruth().length;
  return `${dialect.padEnd(18)} ${((performance.now() - began) / 1000).toFixed(1)} s  ${frames} frames, ${(bytes / 1e6).toFixed(1)} MB, ${records} records of truth`;
}

function numberAfter(flag, otherwise) {
  const at = argv.indexOf(flag);
  return at < 0 ? otherwise : Number(argv[at + 1]);
}
