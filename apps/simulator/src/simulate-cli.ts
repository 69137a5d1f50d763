import 'reflect-metadata';
import { orExplain } from '@lts/bootstrap';
import { HelpAsked, readEnv } from '@lts/env';
import { SimulateEnv } from './simulate/env.js';
import { helpText } from './simulate/help-text.js';
import { simulate } from './simulate/simulate.js';

// whoever reads the output may stop early, as `head` does
process.stdout.on('error', () => process.exit(0));

await orExplain(async () => {
  // flags alone: what a run writes, and where, must not depend on the surroundings
  await simulate(settings(), { stdout: process.stdout, stderr: process.stderr });
});

function settings(): Readonly<SimulateEnv> {
  try {
    return readEnv(SimulateEnv, { variables: {}, file: null }).env;
  } catch (error) {
    throw error instanceof HelpAsked ? new HelpAsked(helpText()) : error;
  }
}
