import { once } from 'node:events';
import { createServer } from 'node:net';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { recordRace } from './recorded-race.js';
import { type EndedApp, StartedApp, newFolder, runApp } from './started-app.js';

const LIMIT_MS = 60_000;

/** Every failed start: one clear sentence, nothing on stdout, no stack trace. */
function expectSentence(ended: EndedApp, sentence: string | RegExp): void {
  expect(ended.code).toBe(1);
  expect(ended.stdout).toBe('');
  expect(ended.stderr).toMatch(sentence);
  expect(ended.stderr).not.toMatch(/^\s+at /m);
}

describe('a start that cannot succeed', () => {
  const running: StartedApp[] = [];
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
  });

  it(
    'says that the port is in use',
    async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      try {
        expectSentence(await runApp(['--api_port', String(port), '--data_path', newFolder()]), `Port ${port} of 127.0.0.1 is already in use`);
      } finally {
        server.close();
      }
    },
    LIMIT_MS,
  );

  it(
    'says that another process works on the data folder',
    async () => {
      const folder = newFolder();
      const app = new StartedApp(['--api_port', '0', '--data_path', folder]);
      running.push(app);
      await app.url();
      expectSentence(await runApp(['--api_port', '0', '--data_path', folder]), /The data folder .* is in use by process \d+/);
    },
    LIMIT_MS,
  );

  it.each([
    [['--host', '1.2.3.4'], 'Nothing can listen on 1.2.3.4:0'],
    [['--database_url', 'mysql://example.org/x'], '--database_url must start with postgres://'],
    [['--competition_code', '', '--websocket_uri', 'ws://127.0.0.1:1'], '--competition_code must be longer than or equal to 1'],
    [['--competition_code', 'a'.repeat(256), '--websocket_uri', 'ws://127.0.0.1:1'], '--competition_code must be shorter than or equal to 255'],
  ])('says what is wrong with %j', async (given, sentence) => {
    expectSentence(await runApp(['--api_port', '0', '--data_path', newFolder(), ...given]), sentence);
  }, LIMIT_MS);

  it(
    'says what is wrong with the address of the circuit',
    async () => {
      expectSentence(await runApp(['--api_port', '0', '--data_path', newFolder(), '--competition_code', 'c', '--websocket_uri', 'ftp://example.org']), 'The address of competition "c" cannot be used: "ftp://example.org" does not start with https://, http://, wss:// or ws://');
    },
    LIMIT_MS,
  );

  it('says that the recording is missing, before anything starts', async () => {
    expectSentence(await runApp(['--competition_code', 'c', '--replay', '/nowhere/race.ndjson']), 'There is no file or folder /nowhere/race.ndjson');
  });

  it('names the flag that was meant', async () => {
    expectSentence(await runApp(['--competiton_code', 'c']), 'did you mean --competition_code');
  });

  it(
    'says on which line a file is no recording',
    async () => {
      const folder = newFolder();
      const { path } = recordRace(folder, { seed: 3, minutes: 5 });
      appendFileSync(path, 'no frame\nnor this\n');
      const lines = readFileSync(path, 'utf8').split('\n').length;
      const ended = await runApp(['--competition_code', 'c', '--replay', path, '--api_port', '0', '--data_path', join(folder, 'data')]);
      expectSentence(ended, `race-3.ndjson, line ${lines - 2}: not a frame`);
    },
    LIMIT_MS,
  );
});
