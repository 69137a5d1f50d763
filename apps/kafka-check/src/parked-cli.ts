import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { StageLogger, orExplain } from '@lts/bootstrap';
import { HelpAsked, readEnv } from '@lts/env';
import { commandOf } from './parked/command.js';
import { ParkedEnv } from './parked/env.js';
import { helpText } from './parked/help-text.js';
import { runCommand } from './parked/run-command.js';

// whoever reads the output may stop early, as `head` does
process.stdout.on('error', () => process.exit(0));

await orExplain(async () => {
  const { env, positionals } = settings();
  Logger.overrideLogger(new StageLogger('parked', env.verbosity));
  await runCommand(commandOf(positionals), env, process.stdout);
});

function settings(): { env: Readonly<ParkedEnv>; positionals: string[] } {
  try {
    return readEnv(ParkedEnv, { takesPositionals: true });
  } catch (error) {
    throw error instanceof HelpAsked ? new HelpAsked(helpText()) : error;
  }
}
