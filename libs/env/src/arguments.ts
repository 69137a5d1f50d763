import type { DeclaredSetting } from './setting.js';

/** What stood on the command line. */
export interface ParsedArguments {
  /** Setting name -> text; a yes-no flag without a value is `true`. */
  flags: Map<string, string>;
  positionals: string[];
  helpAsked: boolean;
  faults: string[];
}

function nearest(name: string, known: readonly string[]): string | undefined {
  return known.find((candidate) => distanceAtMost2(candidate, name));
}

function distanceAtMost2(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 2) return false;
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return (previous[right.length] ?? 3) <= 2;
}

/** Sentence for a name that nobody declared, with the likeliest meant one. */
export function unknownName(name: string, shown: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? `${shown} is not known; --help lists all settings.` : `${shown} is not known; did you mean ${shown.replace(name, meant)}?`;
}

/** Reads `--name value`, `--name=value` and positional arguments. */
export function parseArguments(argv: readonly string[], settings: readonly DeclaredSetting[], takesPositionals: boolean): ParsedArguments {
  const parsed: ParsedArguments = { flags: new Map(), positionals: [], helpAsked: false, faults: [] };
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help' || word === '-h') parsed.helpAsked = true;
    else if (word.startsWith('--')) takeFlag(word.slice(2), rest, settings, parsed);
    else if (takesPositionals) parsed.positionals.push(word);
    else parsed.faults.push(`"${word}" stands alone; arguments are given as --name value.`);
  }
  return parsed;
}

function takeFlag(word: string, rest: string[], settings: readonly DeclaredSetting[], parsed: ParsedArguments): void {
  const [name = '', ...assigned] = word.split('=');
  const setting = settings.find((candidate) => candidate.name === name);
  if (setting === undefined) {
    parsed.faults.push(unknownName(name, `--${name}`, settings.map((known) => known.name)));
    if (rest[0] !== undefined && !rest[0].startsWith('--')) rest.shift();
    return;
  }
  const value = assigned.length > 0 ? assigned.join('=') : valueAfter(setting, rest);
  if (value === undefined) parsed.faults.push(`--${name} needs a value.`);
  else parsed.flags.set(name, value);
}

function valueAfter(setting: DeclaredSetting, rest: string[]): string | undefined {
  const next = rest[0];
  if (setting.kind === 'yes-no') return next === 'true' || next === 'false' ? rest.shift() : 'true';
  return next === undefined || next.startsWith('--') ? undefined : rest.shift();
}
