import { existsSync, readFileSync } from 'node:fs';
import { validateSync } from 'class-validator';
import { parse } from 'dotenv';
import { parseArguments, unknownName } from './arguments.js';
import { helpText } from './help-text.js';
import { type DeclaredSetting, settingsOf, variableName } from './setting.js';

type EnvClass<Env> = new () => Env;

/** Where settings are looked up; each part can be replaced in tests. */
export interface EnvSources {
  argv?: readonly string[];
  variables?: Readonly<Record<string, string | undefined>>;
  /** Path of a `KEY=value` file; a missing file is no fault. Null reads none. */
  file?: string | null;
  /** The app takes arguments without a name, e.g. paths of files. */
  takesPositionals?: boolean;
}

/** All faults of a configuration, each a sentence with what to do. */
export class EnvFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'EnvFaults';
  }
}

/** Thrown for `--help`; the message is the text to show. */
export class HelpAsked extends Error {}

/**
 * Reads the settings of `type`: flag over environment over file over default.
 *
 * @returns a frozen instance, and the positional arguments
 * @throws EnvFaults with every fault at once, HelpAsked for `--help`
 */
export function readEnv<Env extends object>(type: EnvClass<Env>, sources: EnvSources = {}): { env: Readonly<Env>; positionals: string[] } {
  const settings = settingsOf(type);
  const parsed = parseArguments(sources.argv ?? process.argv.slice(2), settings, sources.takesPositionals ?? false);
  if (parsed.helpAsked) throw new HelpAsked(helpText(settings));
  const variables = sources.variables ?? process.env;
  const faults = [...parsed.faults, ...misspelt(Object.keys(variables), settings)];
  const values = valuesOf(settings, [parsed.flags, byName(variables, settings), byName(readFile(sources.file), settings)], faults);
  const env = Object.assign(new type(), values);
  faults.push(...limitFaults(env, settings, faults.length > 0));
  if (faults.length > 0) throw new EnvFaults(faults);
  return { env: Object.freeze(env), positionals: parsed.positionals };
}

/** Values by property; the first source that names a setting wins. */
function valuesOf(settings: readonly DeclaredSetting[], sources: readonly ReadonlyMap<string, string>[], faults: string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const setting of settings) {
    const text = sources.find((source) => source.has(setting.name))?.get(setting.name);
    const value = text === undefined ? setting.default : convert(setting, text, faults);
    if (value !== undefined) values[setting.property] = value;
    else if (text === undefined && setting.required === true) faults.push(missing(setting));
  }
  return values;
}

/** Variables that hold something, by the name of their setting. */
function byName(variables: Readonly<Record<string, string | undefined>>, settings: readonly DeclaredSetting[]): Map<string, string> {
  const named = settings.map((setting): [string, string] => [setting.name, variables[variableName(setting)] ?? '']);
  return new Map(named.filter(([, text]) => text.trim() !== ''));
}

function readFile(path: string | null = '.env.local'): Record<string, string> {
  return path !== null && existsSync(path) ? parse(readFileSync(path)) : {};
}

function missing(setting: DeclaredSetting): string {
  return `--${setting.name} is missing: ${setting.help} Give the flag, or the line ${variableName(setting)}=… in .env.local.`;
}

/** A variable that starts like one of ours but is none is taken for a slip of the pen only when it is very near. */
function misspelt(names: readonly string[], settings: readonly DeclaredSetting[]): string[] {
  const known = settings.map((setting) => variableName(setting));
  return names
    .filter((name) => /^(KAFKA|LTS|API|WEBSOCKET|COMPETITION)_/.test(name) && !known.includes(name))
    .map((name) => unknownName(name, name, known))
    .filter((sentence) => sentence.includes('did you mean'));
}

function convert(setting: DeclaredSetting, text: string, faults: string[]): unknown {
  if (setting.kind === 'list') return text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  if (setting.kind === 'yes-no') return yesNo(setting, text, faults);
  if (setting.kind === 'text') return text;
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  faults.push(`--${setting.name} must be a whole number, not "${text}". Correct the flag or the line ${variableName(setting)}=${String(setting.default ?? 1)} in .env.local.`);
  return undefined;
}

function yesNo(setting: DeclaredSetting, text: string, faults: string[]): boolean | undefined {
  const lower = text.toLowerCase();
  if (['true', 'yes', '1', 'on'].includes(lower)) return true;
  if (['false', 'no', '0', 'off'].includes(lower)) return false;
  faults.push(`--${setting.name} must be true or false, not "${text}".`);
  return undefined;
}

function limitFaults(env: object, settings: readonly DeclaredSetting[], othersFound: boolean): string[] {
  const failed = validateSync(env, { skipMissingProperties: true, forbidUnknownValues: false });
  return failed.flatMap((failure) => {
    const setting = settings.find((candidate) => candidate.property === failure.property);
    if (setting === undefined || (othersFound && failure.value === undefined)) return [];
    const limits = Object.values(failure.constraints ?? {}).map((text) => text.replace(failure.property, `--${setting.name}`));
    const given = setting.secret === true ? '' : `, not "${String(failure.value)}"`;
    return limits.map((limit) => `${limit}${given}.`);
  });
}
