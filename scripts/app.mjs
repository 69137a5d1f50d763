import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root } from './ensure-built.mjs';

/** `npm run app -- <app> [flags]`: one stage alone, as its container starts it. */
const apps = readdirSync(join(root, 'apps')).filter((name) => existsSync(join(root, 'apps', name, 'src/main.ts')) && name !== 'web');
const [name] = process.argv.splice(2, 1);
if (!apps.includes(name)) {
  process.stderr.write(`${name === undefined ? 'Which app?' : `There is no app "${name}".`} Give one of: ${apps.join(', ')}\n`);
  process.exit(1);
}
ensureBuilt();
await import(pathToFileURL(join(root, 'apps', name, 'dist/main.js')).href);
