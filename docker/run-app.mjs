import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What a container starts: the app named first, with the flags that follow; nothing is built here. */
const [name] = process.argv.splice(2, 1);
const main = fileURLToPath(new URL(`../apps/${name}/dist/main.js`, import.meta.url));
if (name === undefined || !/^[a-z-]+$/.test(name) || !existsSync(main)) {
  process.stderr.write(`There is no app "${name ?? ''}". Name one first, e.g. standalone, parser, lts-api.\n`);
  process.exit(1);
}
await import(pathToFileURL(main).href);
