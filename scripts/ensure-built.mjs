import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the workspace. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Path of a file of a package that `project` depends on; ends with a sentence when the packages are not installed. */
function installed(path, project = '.') {
  try {
    return createRequire(join(root, project, 'package.json')).resolve(path);
  } catch {
    process.stderr.write('The packages are not installed. Run: npm ci\n');
    process.exit(1);
  }
}

/** Runs a tool of the workspace with all its output on stderr; ends this process when it fails. */
function runTool(script, args, cwd) {
  const result = spawnSync(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) {
    process.stderr.write('The build failed; see the lines above.\n');
    process.exit(result.status ?? 1);
  }
}

function newestChangeMs(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChangeMs(join(path, name))));
}

function pageIsStale() {
  const web = join(root, 'apps/web');
  const built = join(web, 'dist/index.html');
  if (!existsSync(built)) return true;
  const sources = ['src', 'index.html', 'package.json', 'vite.config.ts'].map((name) => join(web, name)).filter(existsSync);
  return Math.max(...sources.map(newestChangeMs)) > statSync(built).mtimeMs;
}

/** Builds what is missing or older than its sources: the TypeScript projects by their own incremental state, the page by its files' times. */
export function ensureBuilt() {
  if (!existsSync(join(root, 'apps/standalone/dist/main.js'))) process.stderr.write('Building (the first time takes about 20 s) …\n');
  runTool(installed('typescript/bin/tsc'), ['-b', 'tsconfig.json'], root);
  if (pageIsStale()) runTool(join(dirname(installed('vite/package.json', 'apps/web')), 'bin/vite.js'), ['build', '--logLevel', 'warn'], join(root, 'apps/web'));
}
