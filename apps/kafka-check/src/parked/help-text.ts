import { settingsOf, variableName } from '@lts/env';
import { ParkedEnv } from './env.js';

/** Settings that mean nothing to a command that ends by itself. */
const OF_STAGES = ['health_port', 'health_host'];

const USAGE = `Messages that were set apart because they were rejected for good.

  parked list [TOPIC …]                    how many, since when, why: by topic and competition
  parked show TOPIC [OFFSET | FROM-TO]     them in full; without offsets those that wait
  parked replay TOPIC [OFFSET | FROM-TO]   puts those that wait back onto the topic they came from

TOPIC is the topic they came from, e.g. standard; OFFSET is their place on its parked topic, as list and show tell it.

A replay puts each message back once: in one transaction with a mark on the parked topic, so that it may be ended at any
moment and begun again. They keep their order, and come after all that came meanwhile: the parser sets a frame apart
again that is older than the last one it has read, and the API passes over frames that are older than the last one it
holds. So repair the cause before more of the competition follows, or read the recording anew into another competition.

With --data, the topics are named by stage, e.g. parser/raw-messages. There is nothing to put back: standalone holds
every frame in its recordings and builds its database from them when the database folder is not there.
`;

/** The text of `--help`. */
export function helpText(): string {
  const settings = settingsOf(ParkedEnv).filter(({ name }) => !OF_STAGES.includes(name));
  const lines = settings.flatMap((setting) => [`  --${setting.name}  (${variableName(setting)}${setting.default === undefined ? '' : `, default ${String(setting.default)}`})`, `      ${setting.help}`]);
  return [USAGE, 'Settings: flag over environment variable over .env.local over default.', '', ...lines, ''].join('\n');
}
