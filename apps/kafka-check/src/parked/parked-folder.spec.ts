import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PipelineError } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { EmbeddedBroker } from '@lts/messaging';
import { commandOf } from './command.js';
import { ParkedEnv } from './env.js';
import { ParkedFolder } from './parked-folder.js';
import { runCommand } from './run-command.js';

describe(ParkedFolder.name, () => {
  let data = '';
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'lts-parked-'));
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));

  /** Sets a message apart as a stage of standalone does. */
  async function park(stage: string, key: string, value: unknown): Promise<void> {
    const { parking } = new EmbeddedBroker().transport({ errorsPath: join(data, 'errors', stage) });
    await parking.park({ key, value, headers: { 'lts-kind': 'raw' }, place: { topic: 'raw-messages', partition: 0, offset: '7' } }, new PipelineError('LTS_MESSAGE_INVALID', 'The message is no JSON.'));
  }

  async function run(...words: string[]): Promise<string> {
    let text = '';
    const stdout = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        text += chunk.toString();
        done();
      },
    });
    const { env, positionals } = readEnv(ParkedEnv, { argv: [...words, '--data', data], variables: {}, file: null, takesPositionals: true });
    await runCommand(commandOf(positionals), env, stdout);
    return text;
  }

  it('lists and shows what the stages of standalone have set apart, without a line that was cut off', async () => {
    await park('parser', 'cup', '{broken');
    await park('parser', 'cup', { data: 'x'.repeat(30_000) });
    await park('raw-storage', 'final', { data: 'short' });
    appendFileSync(join(data, 'errors/parser/raw-messages.ndjson'), '{"at":"2026');
    expect((await run('list')).replace(/since \S+,/g, 'since TIME,')).toBe(
      ['parser/raw-messages: 2 wait', '  cup: 2 since TIME, LTS_MESSAGE_INVALID 2, offsets 1 to 2', 'raw-storage/raw-messages: 1 waits', '  final: 1 since TIME, LTS_MESSAGE_INVALID 1, offset 1', ''].join('\n'),
    );
    const first = await run('show', 'parser/raw-messages', '1');
    expect(first).toMatch(/^parser\/raw-messages 0\/1, .*, waits\n {2}competition {2}cup\n {2}from {9}raw-messages 0\/7\n {2}error {8}LTS_MESSAGE_INVALID: The message is no JSON\.\n/);
    expect(first).toContain('(as text)\n    {broken\n');
    expect(await run('show', 'parser/raw-messages', '2')).toContain('(only its beginning is kept)\n    {"data":"xxx');
    expect(await run('show', 'raw-storage/raw-messages', '5')).toBe('Nothing stands there.\n');
  });

  it('has nothing to list in a folder without errors, and says which names there are', async () => {
    expect(await run('list')).toBe('There is no parked topic.\n');
    await park('parser', 'cup', '{broken');
    await expect(run('show', 'parser/standard')).rejects.toThrow('There is: parser/raw-messages.');
    await expect(run('show', '../../x')).rejects.toThrow('Nothing was set apart as ../../x');
  });

  it('puts nothing back from a data folder, and says what to do', async () => {
    await expect(run('replay', 'parser/raw-messages')).rejects.toThrow('its recordings hold every frame');
  });
});
