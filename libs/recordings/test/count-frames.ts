import { readRecordingBatches } from '../src/index.js';

/** Says how many frames stand on standard input. */
let frames = 0;
for await (const batch of readRecordingBatches('-')) frames += batch.length;
process.stdout.write(String(frames));
