import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root } from './ensure-built.mjs';

/** `npm run simulate -- …`: a race and its truth into files, without anything else. */
ensureBuilt();
await import(pathToFileURL(join(root, 'apps/simulator/dist/simulate-cli.js')).href);
