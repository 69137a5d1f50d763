import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root } from './ensure-built.mjs';

/** `npm start`: the whole pipeline in one process. */
ensureBuilt();
await import(pathToFileURL(join(root, 'apps/standalone/dist/main.js')).href);
