import { settingsOf } from '@lts/env';
import { choicesText } from '../choices.js';
import { SimulateEnv } from './env.js';

/** The text of `--help`: every flag, then every name that can be given, with its meaning. */
export function helpText(): string {
  const flags = settingsOf(SimulateEnv).flatMap(({ name, help, default: preset }) => [`  --${name}${defaultText(preset)}`, `      ${help}`]);
  return ['A race and what really happened in it, written into files.', '', 'Flags:', ...flags, choicesText()].join('\n');
}

function defaultText(preset: string | number | boolean | readonly string[] | undefined): string {
  return preset === undefined || String(preset) === '' ? '' : `  (default ${String(preset)})`;
}
