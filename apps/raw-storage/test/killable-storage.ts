import 'reflect-metadata';
import { startStage } from '@lts/bootstrap';
import { EmbeddedBroker } from '@lts/messaging';
import { rawStorageStage } from '../src/stage.js';
import { frameMessages, settings } from './frames.js';

/**
 * A process to be killed: publishes frames of two competitions for ever, from a given number on, and says the number
 * of the last frame of each publish that has resolved. Arguments: folder, number.
 */
const [outputPath = '', first = '1'] = process.argv.slice(2);
const env = settings(outputPath, '--rotate_mb', '1');
const broker = new EmbeddedBroker({ recordFirst: { topic: env.kafkaConsume, group: env.kafkaGroup } });
const transport = broker.transport();
await startStage(rawStorageStage, { env, transport });
for (let from = Number(first); ; from += 40) {
  const messages = ['night', 'a/b'].flatMap((competition) => frameMessages(competition, from, from + 39, 'x'.repeat(3_000)));
  await transport.publisher.publish(env.kafkaConsume, messages);
  process.stdout.write(`${from + 39}\n`);
}
