import { PipelineError } from '@lts/contracts';
import { type Choice, DIALECTS, FRAME_FAULTS, RULE_SETS } from '@lts/race-simulator';
import { LINK_FAULTS, type LinkFaultKind } from './links/link-faults.js';

/** All faults that can be asked for; a name says whether it is a link that fails, or the frames before every link. */
export const FAULTS: readonly Choice[] = [...LINK_FAULTS, ...FRAME_FAULTS];

/** Asked faults by where they strike: between the frames of the race, or on the link to the client. */
export interface ChosenFaults {
  frames: string[];
  links: LinkFaultKind[];
}

/** @throws PipelineError `LTS_CONFIGURATION` that lists all names when one is not known */
export function chosenFaults(names: readonly string[]): ChosenFaults {
  for (const name of names) oneOf(FAULTS, name, 'faults');
  return { frames: FRAME_FAULTS.map(({ name }) => name).filter((name) => names.includes(name)), links: LINK_FAULTS.map(({ name }) => name).filter((name) => names.includes(name)) };
}

/** @throws PipelineError `LTS_CONFIGURATION` that lists all names when there is no such dialect */
export function chosenDialect(name: string, flag = 'dialect'): string {
  return oneOf(DIALECTS, name, flag);
}

/** @throws PipelineError `LTS_CONFIGURATION` that lists all names when there are no such rules */
export function chosenRules(name: string): string {
  return oneOf(RULE_SETS, name, 'rules');
}

/** The names that can be given, each with its meaning, as `--help` shows them. */
export function choicesText(): string {
  const list = (title: string, choices: readonly Choice[]): string[] => ['', `${title}:`, ...choices.map(({ name, help }) => `  ${name}\n      ${help}`)];
  return [...list('Dialects', DIALECTS), ...list('Rules', RULE_SETS), ...list('Faults of the link to a client', LINK_FAULTS), ...list('Faults of the frames, the same for every client', FRAME_FAULTS), ''].join('\n');
}

function oneOf(choices: readonly Choice[], name: string, flag: string): string {
  if (choices.some((choice) => choice.name === name)) return name;
  throw new PipelineError('LTS_CONFIGURATION', `--${flag} knows no "${name}". Give one of: ${choices.map((choice) => choice.name).join(', ')}.`);
}
