import { onStopSignal, orExplain, startStage } from '@lts/bootstrap';
import { readEnv } from '@lts/env';
import { kafkaTransport } from '@lts/messaging';
import { KafkaCheckEnv } from './env.js';
import { KafkaCheckService } from './kafka-check.service.js';
import { say } from './say.js';
import { kafkaCheckStage } from './stage.js';

await orExplain(async () => {
  const { env } = readEnv(KafkaCheckEnv);
  const transport = kafkaTransport(env, kafkaCheckStage.name);
  const running = await startStage(kafkaCheckStage, { env, transport });
  const stop = async (): Promise<void> => {
    await running.stop();
    await transport.close();
  };
  onStopSignal(stop);
  const isGood = await running.app.get(KafkaCheckService).run(say);
  await stop();
  process.exit(isGood ? 0 : 1);
});
