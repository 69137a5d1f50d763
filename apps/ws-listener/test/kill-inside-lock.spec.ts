import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Surroundings, until } from './surroundings.js';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const PAGE = 'init|r|\ntitle1||Night race\ngrid||<tbody></tbody>\nmsg||\n';

interface Listener {
  process: ChildProcess;
  published: () => { id: string; data: string }[];
}

function startListener(flags: readonly string[]): Listener {
  const started = spawn(process.execPath, ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'test/killable-listener.ts', ...flags], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  started.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { process: started, published: () => said.slice(0, said.lastIndexOf('\n') + 1).split('\n').slice(0, -1).map((line) => JSON.parse(line) as { id: string; data: string }) };
}

async function kill(listener: Listener): Promise<void> {
  const gone = once(listener.process, 'close');
  listener.process.kill('SIGKILL');
  await gone;
}

describe('a listener killed while its lock is closed', () => {
  it('loses no frame it had received and doubles none: the next one sends the rest under rising ids', async () => {
    const around = await Surroundings.open();
    const flags = around.flags(['night']);
    const firstLinks = around.links(['night']);
    const first = startListener(flags);
    const { night } = await firstLinks;
    const updates = Array.from({ length: 200 }, (_, index) => `r1|#|${index}\n`);
    for (const text of [PAGE, ...updates]) night!.send(text);
    const spooled = (): string => readdirSync(around.spoolPath).map((name) => readFileSync(join(around.spoolPath, name), 'utf8')).join('');
    await until(() => first.published().length === 1 && spooled().includes('r1|#|199\\n') && spooled().includes('"acked"'));
    await kill(first);
    const secondLinks = around.links(['night']);
    const second = startListener(flags);
    (await secondLinks)['night']!.send('r1|#|last\n');
    await until(() => second.published().length === 201);
    const all = [...first.published(), ...second.published()];
    expect(all.map((frame) => frame.data)).toEqual([PAGE, ...updates, 'r1|#|last\n']);
    const ids = all.map((frame) => frame.id);
    expect([...new Set(ids)].sort()).toEqual(ids);
    await kill(second);
    await around.close();
  }, 60_000);
});
