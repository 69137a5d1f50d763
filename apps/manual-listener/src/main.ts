import { onStopSignal, orExplain, startStage } from '@lts/bootstrap';
import { readEnv } from '@lts/env';
import { kafkaTransport } from '@lts/messaging';
import { consolePaths } from './console-paths.js';
import { ManualListenerEnv } from './env.js';
import { ManualListenerService } from './manual-listener.service.js';
import { manualListenerStage } from './stage.js';

await orExplain(async () => {
  const { env, positionals } = readEnv(ManualListenerEnv, { takesPositionals: true });
  const transport = kafkaTransport(env, manualListenerStage.name);
  const running = await startStage(manualListenerStage, { env, transport, positionals });
  const stop = async (): Promise<void> => {
    await running.stop();
    await transport.close();
  };
  onStopSignal(stop);
  const listener = running.app.get(ManualListenerService);
  try {
    if (positionals.length === 0) await askForPaths(listener);
    else await listener.done;
  } finally {
    await stop();
  }
});

async function askForPaths(listener: ManualListenerService): Promise<void> {
  const { stdin, stderr } = process;
  for await (const path of consolePaths({ input: stdin, output: stderr, isTerminal: stdin.isTTY })) {
    try {
      await listener.replay(path);
    } catch (error) {
      if (!stdin.isTTY) throw error;
      stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}
