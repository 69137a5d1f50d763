import { mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { kafkaOf, producerOf, settings } from './consume.mjs';

/** Receives frames, appends each to a file, and sends as many bytes in records of as many frames as the ws-listener does. */
const asked = settings();
const longer = Buffer.alloc(Number(asked.longer_by), 'x');
const headers = { 'lts-version': '1', 'lts-kind': 'raw' };
const producer = await producerOf(kafkaOf(asked));
mkdirSync(asked.spool_path, { recursive: true });

for (const pair of asked.competitions.split(',')) listen(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));

function listen(competition, uri) {
  const file = openSync(join(asked.spool_path, competition), 'a');
  const waiting = [];
  let sending = false;
  const send = async () => {
    sending = true;
    while (waiting.length > 0) await producer.send({ topic: asked.kafka_produce, messages: waiting.splice(0, 500) });
    sending = false;
  };
  new WebSocket(uri, { perMessageDeflate: false }).on('message', (text) => {
    const value = Buffer.concat([text, longer]);
    // a line of the file and a message
    if (asked.json === 'true') for (let index = 0; index < 2; index += 1) JSON.stringify({ competition, text: text.toString() });
    writeSync(file, value);
    waiting.push({ key: competition, value, headers });
    if (!sending) void send();
  });
}
process.once('SIGTERM', async () => {
  await producer.disconnect();
  process.exit(0);
});
