import { lockFolder } from '../src/folder-lock.js';

/** A process that holds the folder given to it, says so, and goes on until it is killed. */
await lockFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
setInterval(() => undefined, 1_000);
