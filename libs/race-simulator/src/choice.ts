/** A thing that can be chosen by name. */
export interface Choice {
  name: string;
  help: string;
}

/**
 * The one with that name.
 *
 * @throws Error that lists the known names when there is none
 */
export function chosen<T extends Choice>(kind: string, name: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice.name === name);
  if (found === undefined) throw new Error(`There is no ${kind} '${name}'; there are ${choices.map((choice) => choice.name).join(', ')}.`);
  return found;
}

/** Name and help alone. */
export function listed(choices: readonly Choice[]): readonly Choice[] {
  return choices.map(({ name, help }) => ({ name, help }));
}
