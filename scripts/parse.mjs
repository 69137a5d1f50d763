import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root } from './ensure-built.mjs';

/** `npm run parse -- FILE…`: recordings to actions, without anything else. */
ensureBuilt();
await import(pathToFileURL(join(root, 'apps/parser/dist/parse-cli.js')).href);
