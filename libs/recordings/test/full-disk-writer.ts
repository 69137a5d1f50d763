import { RecordingWriter } from '../src/index.js';
import { ownFrames } from './frames.js';

/** Appends seven frames at a time until it is refused twice; says the number of the last frame after each append. */
const [outputPath = ''] = process.argv.slice(2);
const writer = await RecordingWriter.open({ outputPath, competition: 'night', rotateBytes: 10_000_000, compress: false });
let last = 0;
for (let refusals = 0; refusals < 2; ) {
  const frames = ownFrames(last + 1, last + 7).map((frame, index) => ({ ...frame, source: 'x'.repeat(1_000), text: String(last + 1 + index) }));
  try {
    await writer.append(frames);
    last += 7;
    process.stdout.write(`${last}\n`);
  } catch {
    refusals += 1;
    process.stdout.write('refused\n');
  }
}
