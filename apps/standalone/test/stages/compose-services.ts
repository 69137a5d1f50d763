import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** A service of `docker/compose.yaml` that is one of our apps. */
export interface ComposeService {
  name: string;
  command: string[];
  environment: Record<string, string>;
  /** What it keeps in `/app/artifacts`; services with the same volume share it. */
  volume: string | null;
}

interface Compose {
  services: Record<string, { build?: unknown; command?: string[]; environment?: Record<string, string>; volumes?: string[] }>;
}

/**
 * Our services as the file has them, with its variables filled in; those of the file that are needed are taken from
 * `values`, and what the container would find under `names` (other services, its own folder) is replaced.
 */
export function composeServices(values: Readonly<Record<string, string>>, names: (service: { name: string; volume: string | null }) => Readonly<Record<string, string>>): ComposeService[] {
  const { services } = parse(readFileSync(join(ROOT, 'docker/compose.yaml'), 'utf8'), { merge: true }) as Compose;
  const filled = (text: string): string =>
    text.replace(/\$\{(\w+)(?::\?[^}]*)?\}/g, (_whole, variable: string) => {
      const value = values[variable];
      if (value === undefined) throw new Error(`docker/compose.yaml needs ${variable}.`);
      return value;
    });
  return Object.entries(services).flatMap(([name, { build, command = [], environment = {}, volumes = [] }]): ComposeService[] => {
    if (build === undefined) return [];
    const volume = volumes[0]?.split(':')[0] ?? null;
    const here = Object.entries(names({ name, volume }));
    const moved = (text: string): string => here.reduce((result, [there, replacement]) => result.replace(there, replacement), filled(text));
    return [{ name, volume, command: command.map(moved), environment: Object.fromEntries(Object.entries(environment).map(([variable, value]) => [variable, moved(value)])) }];
  });
}
