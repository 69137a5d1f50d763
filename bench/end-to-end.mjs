import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ensureBuilt, root } from '../scripts/ensure-built.mjs';

/**
 * From file to database: replays a recording through the whole pipeline in one process, several times,
 * and sets it against a loop that only reads the same file and splits frames into lines and fields.
 *
 *   node bench/end-to-end.mjs [recording] [--runs N]
 */
const { recording, runs } = options(process.argv.slice(2));
ensureBuilt();

const baseline = Array.from({ length: runs }, () => splitLoop(recording));
const pipeline = Array.from({ length: runs }, () => replay(recording));
const lines = pipeline[0].lines;

console.log(`machine   ${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB`);
console.log(`versions  node ${process.version}, ${versionOf('@electric-sql/pglite')}, ${versionOf('@nestjs/core')}`);
console.log(`recording ${recording}: ${pipeline[0].frames} frames, ${lines} lines -> ${pipeline[0].actions} actions, ${pipeline[0].operations} operations`);
const split = median(baseline.map((run) => perSecond(lines, run.elapsedMs)));
const stored = median(pipeline.map((run) => perSecond(lines, run.elapsedMs)));
console.log(`split loop       ${split} lines/s (median of ${runs})`);
console.log(`file to database ${stored} lines/s, ${median(pipeline.map((run) => perSecond(run.operations, run.elapsedMs)))} operations/s (median of ${runs}: ${pipeline.map((run) => `${run.elapsedMs} ms`).join(', ')})`);
console.log(`ratio            ${(split / stored).toFixed(1)} times the split loop's time`);

function options(argv) {
  const at = argv.indexOf('--runs');
  const count = at < 0 ? 3 : Number(argv.splice(at, 2)[1]);
  const file = argv[0] ?? join(resolve(root, process.env.LTS_RECORDINGS ?? '../shared/data'), 'recordings/endurance-12h-es.ndjson.gz');
  if (!existsSync(file)) {
    console.error(`There is no recording ${file}. Give its path, or set LTS_RECORDINGS.`);
    process.exit(1);
  }
  return { recording: resolve(file), runs: count };
}

function splitLoop(path) {
  const started = performance.now();
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
  let fields = 0;
  for (const record of text.split('\n')) {
    if (record === '') continue;
    for (const line of JSON.parse(record).text.split('\n')) fields += line.split('|').length;
  }
  return { fields, elapsedMs: performance.now() - started };
}

function replay(path) {
  const folder = mkdtempSync(join(tmpdir(), 'lts-bench-'));
  const args = ['apps/standalone/dist/main.js', '--competition_code', 'bench', '--replay', path, '--exit', '--api_port', '0', '--data_path', folder, '--verbosity', '4'];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  rmSync(folder, { recursive: true, force: true });
  if (result.status !== 0) throw new Error(`The replay ended with ${result.status}.`);
  return JSON.parse(result.stdout);
}

function perSecond(count, elapsedMs) {
  return Math.round(count / (elapsedMs / 1000));
}

function median(values) {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
}

function versionOf(name) {
  return `${name} ${JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version}`;
}
