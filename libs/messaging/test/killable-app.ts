import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { kafkaTransport } from '../src/index.js';
import { Behaviour, framesConsumer, numbersOf, startFramesApp } from './frames-app.js';

/**
 * A process to be killed: writes the frames of one competition as lines to a file, together the effect and its position.
 * Arguments: servers, topic, group, file.
 */
const [servers = '', topic = '', group = '', file = ''] = process.argv.slice(2);
const written = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : [];
const behaviour = new Behaviour();
let position = written.at(-1) ?? 0;

behaviour.frames = async (messages) => {
  const fresh = numbersOf(messages).filter((n) => n > position);
  if (fresh.length > 0) appendFileSync(file, `${fresh.join('\n')}\n`);
  position = fresh.at(-1) ?? position;
  process.stdout.write(`${position}\n`);
  await new Promise((resolve) => setTimeout(resolve, 5));
};

await startFramesApp(kafkaTransport({ kafkaServers: servers.split(',') }, 'killable', { maxBatch: 10, sessionTimeoutMs: 1_500 }), [framesConsumer(topic, group)], behaviour);
