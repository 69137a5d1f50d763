import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/ensure-built.mjs';

/** Machine and versions, as the lines a bench begins with. */
export function surroundings(...packages) {
  const load = loadavg().map((value) => value.toFixed(1)).join(' ');
  return [
    `machine  ${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${load}`,
    `versions ${[`node ${process.version}`, ...packages.map(versionOf)].join(', ')}`,
  ];
}

function versionOf(name) {
  return `${name} ${JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version}`;
}

/** The value below which the share `part` (0 to 1) of all values lies. */
export function quantile(values, part) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const median = (values) => quantile(values, 0.5);

/** Number after a flag of the command line, or `otherwise`. */
export function numberAfter(argv, flag, otherwise) {
  const at = argv.indexOf(flag);
  return at < 0 ? otherwise : Number(argv[at + 1]);
}

/** Text after a flag of the command line, or `otherwise`. */
export function textAfter(argv, flag, otherwise) {
  const at = argv.indexOf(flag);
  return at < 0 ? otherwise : argv[at + 1];
}
