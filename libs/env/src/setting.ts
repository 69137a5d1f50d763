import 'reflect-metadata';

/** How the text of a setting becomes a value. */
export type SettingKind = 'text' | 'whole' | 'yes-no' | 'list';

/** One setting of an app: a flag `--name`, an environment variable `NAME`, and a line of `.env.local`. */
export interface SettingOptions {
  /** Name as a flag, in the original system's spelling, e.g. `kafka_consume`. */
  name: string;
  kind?: SettingKind;
  /** One line for `--help`, with the unit of a number. */
  help: string;
  /** Default; a setting without one is optional (undefined) unless `required`. */
  default?: string | number | boolean | readonly string[];
  required?: boolean;
  /** Never shown in `--help` or in an error. */
  secret?: boolean;
}

export interface DeclaredSetting extends SettingOptions {
  property: string;
  kind: SettingKind;
}

const KEY = Symbol('settings');

/** Declares a field of an environment class as a setting; class-validator decorators beside it state its limits. A subclass may declare it anew. */
export function Setting(options: SettingOptions): PropertyDecorator {
  return (target, property) => {
    const declared: DeclaredSetting = { kind: 'text', ...options, property: String(property) };
    const others = settingsOfPrototype(target).filter((other) => other.property !== declared.property);
    Reflect.defineMetadata(KEY, [...others, declared], target);
  };
}

function isSettings(value: unknown): value is DeclaredSetting[] {
  return Array.isArray(value);
}

function settingsOfPrototype(prototype: object): DeclaredSetting[] {
  const found: unknown = Reflect.getMetadata(KEY, prototype);
  return isSettings(found) ? found : [];
}

/** The settings of a class, inherited ones first. */
export function settingsOf(type: { prototype: object }): DeclaredSetting[] {
  return settingsOfPrototype(type.prototype);
}

/** Name of the environment variable of a setting. */
export function variableName(setting: { name: string }): string {
  return setting.name.toUpperCase();
}
