import { orExplain, runStage } from '@lts/bootstrap';
import { readEnv } from '@lts/env';
import { kafkaTransport } from '@lts/messaging';
import { PROVIDERS } from '@lts/timing-providers';
import { WsListenerEnv } from './env.js';
import { wsListenerStage } from './stage.js';
import { trialOf, tryCircuit } from './try/try-circuit.js';

await orExplain(async () => {
  const { env } = readEnv(WsListenerEnv);
  const trial = trialOf(env, PROVIDERS);
  if (trial === null) await runStage(wsListenerStage, kafkaTransport);
  else await tryCircuit(trial, (line) => process.stdout.write(`${line}\n`));
});
