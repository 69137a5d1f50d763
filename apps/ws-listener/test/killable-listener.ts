import 'reflect-metadata';
import { startStage } from '@lts/bootstrap';
import { readEnv } from '@lts/env';
import { EmbeddedBroker } from '@lts/messaging';
import { WsListenerEnv } from '../src/env.js';
import { wsListenerStage } from '../src/stage.js';

/** A listener to be killed; says each frame it publishes as a line of JSON. Its arguments are the stage's flags. */
const broker = new EmbeddedBroker();
broker.group('raw-messages', 'test').attach((messages) => {
  for (const { value } of messages) process.stdout.write(`${JSON.stringify(value)}\n`);
  return Promise.resolve();
});
const { env } = readEnv(WsListenerEnv, { argv: process.argv.slice(2), variables: {}, file: null });
await startStage(wsListenerStage, { env, transport: broker.transport() });
