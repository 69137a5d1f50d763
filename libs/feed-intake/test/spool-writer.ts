import { FrameIdSequence } from '@lts/contracts';
import type { Frame } from '../src/frame.js';
import { SpoolFile } from '../src/spool-file.js';

/** Appends frames for ever and acknowledges them ten behind; says each append on stdout once it is done. */
const [path = ''] = process.argv.slice(2);
const { spool } = SpoolFile.open(path);
const ids = new FrameIdSequence(null);
const pending: Frame[] = [];
for (let number = 1; ; number += 1) {
  const frame = { id: ids.next(number), atMs: number, text: `frame ${number} ${'x'.repeat(300)}\n` };
  spool.append(frame);
  pending.push(frame);
  if (pending.length === 20) spool.acknowledge(pending.splice(0, 10), () => pending);
  process.stdout.write(`${number}\n`);
  if (number % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
}
