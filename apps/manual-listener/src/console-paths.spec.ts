import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { consolePaths } from './console-paths.js';

async function typed(lines: string, isTerminal: boolean): Promise<{ paths: string[]; shown: string }> {
  let shown = '';
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      shown += chunk.toString();
      done();
    },
  });
  const paths: string[] = [];
  for await (const path of consolePaths({ input: Readable.from([lines]), output, isTerminal })) paths.push(path);
  return { paths, shown };
}

describe(consolePaths.name, () => {
  it('asks for each path until an empty line', async () => {
    const { paths, shown } = await typed("race.ndjson\n 'my race.txt' \n\nignored\n", true);
    expect(paths).toEqual(['race.ndjson', 'my race.txt']);
    expect(shown.match(/Path of/g)).toHaveLength(3);
  });

  it('reads what another program pipes in without a question', async () => {
    expect(await typed('a.txt\nb.txt', false)).toEqual({ paths: ['a.txt', 'b.txt'], shown: '' });
  });
});
