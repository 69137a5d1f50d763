import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root } from './ensure-built.mjs';

/** `npm run parked -- list|show|replay …`: the messages that were set apart. */
ensureBuilt();
await import(pathToFileURL(join(root, 'apps/kafka-check/dist/parked-cli.js')).href);
