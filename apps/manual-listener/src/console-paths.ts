import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Where paths are read from and where the question goes. */
export interface Console {
  input: Readable;
  output: Writable;
  /** A person sits there: ask for each path. */
  isTerminal: boolean;
}

/** The paths that a person types, or that another program pipes in, one a line, until an empty line or the end. */
export async function* consolePaths({ input, output, isTerminal }: Console): AsyncGenerator<string> {
  const lines = createInterface({ input, terminal: false });
  const ask = (): void => {
    if (isTerminal) output.write('Path of a frame, a folder or a recording (empty to end): ');
  };
  try {
    ask();
    for await (const line of lines) {
      const path = unquoted(line.trim());
      if (path === '') return;
      yield path;
      ask();
    }
  } finally {
    lines.close();
  }
}

/** A path dropped onto a terminal often comes in quotes. */
function unquoted(path: string): string {
  const quoted = /^(['"])(.*)\1$/.exec(path);
  return quoted?.[2] ?? path;
}
