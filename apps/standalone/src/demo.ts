import { rmSync } from 'node:fs';
import { SimulatorEnv, SimulatorService, simulatorStage } from '@lts/simulator';
import { spoolPath } from '@lts/feed-intake';
import { folderOfCompetition } from '@lts/recordings';
import { WsListenerEnv, wsListenerStage } from '@lts/ws-listener';
import type { StandaloneEnv } from './env.js';
import type { Pipeline } from './pipeline.js';
import type { Plan } from './plan.js';

const DEMO = /^demo-\d{8}-\d{6}$/;
const KEPT_DEMOS = 3;

/** An eventful race of three categories that begins again a minute after its result. */
const DEMO_RACE = { circuits: 'demo', dialect: 'en-endurance', rules: 'free-pit-24h', eventful: true, hours: '1', teams: 16, loop: true, result_seconds: 60 };

/** A simulated race, served as a circuit serves it; each start makes a new competition, the last three are kept. */
export async function runDemo(pipeline: Pipeline, env: Readonly<StandaloneEnv>, plan: Extract<Plan, { kind: 'demo' }>): Promise<void> {
  await pipeline.caughtUp();
  await removeOldDemos(pipeline);
  const { app } = await pipeline.startBeside({ stage: simulatorStage, type: SimulatorEnv, decided: { ...DEMO_RACE, host: '127.0.0.1', port: 0, seed: env.seed, speed: plan.speed } });
  await pipeline.startSource({
    stage: wsListenerStage,
    type: WsListenerEnv,
    decided: { competition_code: demoCode(new Date()), websocket_uri: app.get(SimulatorService).uri },
  });
}

function demoCode(now: Date): string {
  const [date = '', time = ''] = now.toISOString().slice(0, 19).replace(/[-:]/g, '').split('T');
  return `demo-${date}-${time}`;
}

async function removeOldDemos({ admin, folders }: Pipeline): Promise<void> {
  const demos = (await admin.competitions()).filter((code) => DEMO.test(code)).sort();
  for (const code of demos.slice(0, Math.max(0, demos.length - (KEPT_DEMOS - 1)))) {
    rmSync(folderOfCompetition(folders.recordings, code), { recursive: true, force: true });
    rmSync(spoolPath(folders.spool, code), { force: true });
    await admin.remove(code);
  }
}
