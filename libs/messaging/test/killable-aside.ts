import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineError } from '@lts/contracts';
import { kafkaTransport } from '../src/index.js';
import { Behaviour, framesConsumer, numbersOf, startFramesApp } from './frames-app.js';

/**
 * A process to be killed: writes the frames of each competition to a file of its name, effect and position together.
 * A competition cannot go on while there is a file `<name>.blocked`. Arguments: servers, topic, group, folder.
 */
const [servers = '', topic = '', group = '', folder = ''] = process.argv.slice(2);
const behaviour = new Behaviour();

behaviour.frames = async (messages) => {
  const key = messages[0]?.key ?? '';
  const file = join(folder, key);
  if (existsSync(`${file}.blocked`)) throw new PipelineError('LTS_COMPETITION_UNKNOWN', 'Nobody has made it.');
  const position = existsSync(file) ? Number(readFileSync(file, 'utf8').trim().split('\n').at(-1)) : 0;
  const fresh = numbersOf(messages).filter((n) => n > position);
  if (fresh.length > 0) appendFileSync(file, `${fresh.join('\n')}\n`);
  await new Promise((resolve) => setTimeout(resolve, 5));
};

await startFramesApp(kafkaTransport({ kafkaServers: servers.split(',') }, 'killable', { maxBatch: 20, competitionWaitMs: 200, sessionTimeoutMs: 1_500 }), [framesConsumer(topic, group)], behaviour);
