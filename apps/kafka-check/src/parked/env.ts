import { KafkaAccessEnv, Setting } from '@lts/env';

/**
 * Settings of the command that looks after messages that were set apart. What it is to look at has names of its own, so
 * that a line of `.env.local` that is meant for a stage does not narrow it.
 */
export class ParkedEnv extends KafkaAccessEnv {
  @Setting({ name: 'competition', help: 'Only messages of this competition.' })
  competition?: string;

  @Setting({ name: 'data', help: 'Look into the data folder of standalone instead of a broker (list and show).' })
  data?: string;
}
