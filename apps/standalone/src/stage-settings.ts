import { readEnv, settingsOf } from '@lts/env';

/** Setting name -> value; undefined and null leave the stage's own. */
export type Decided = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Settings of an inner stage: what standalone decides for it goes before its own environment variables and defaults.
 * Names that the stage does not have are left out.
 */
export function stageSettings<Env extends object>(type: new () => Env, decided: Decided): Readonly<Env> {
  const known = new Set(settingsOf(type).map(({ name }) => name));
  const argv = Object.entries(decided).flatMap(([name, value]) => (value === undefined || value === null || !known.has(name) ? [] : [`--${name}=${value}`]));
  return readEnv(type, { argv }).env;
}
