import { open } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { consume, kafkaOf, settings } from './consume.mjs';

/** Writes as many bytes to as many files, synced as often, as raw-storage does, without looking into the messages. */
const asked = settings();
const shorter = Number(asked.shorter_by);
const files = new Map();
mkdirSync(asked.output_path, { recursive: true });

await consume(kafkaOf(asked), asked, async (competition, messages) => {
  const file = files.get(competition) ?? (await open(join(asked.output_path, `${competition}.ndjson`), 'a'));
  files.set(competition, file);
  await file.write(Buffer.concat(messages.map(({ value }) => value.subarray(0, Math.max(1, value.length - shorter)))));
  await file.datasync();
});
