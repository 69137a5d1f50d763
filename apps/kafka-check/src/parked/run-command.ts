import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { PipelineError } from '@lts/contracts';
import { ParkedTopics, type ReplayFigures } from '@lts/messaging';
import { type Command, type OffsetSpan, isAskedFor } from './command.js';
import type { ParkedEnv } from './env.js';
import { Overview } from './overview.js';
import { ParkedFolder } from './parked-folder.js';
import { shownMessage } from './shown-message.js';

type Source = Pick<ParkedTopics, 'topics' | 'each'>;

interface Asked {
  topic: string;
  span: OffsetSpan | null;
  competition: string | undefined;
}

/**
 * Runs the command; what it finds goes to `stdout`.
 *
 * @throws PipelineError `LTS_KAFKA_UNAVAILABLE`, `LTS_CONFIGURATION`
 */
export async function runCommand(command: Command, env: Readonly<ParkedEnv>, stdout: Writable): Promise<void> {
  const { competition, data } = env;
  if (command.kind === 'replay') {
    if (data !== undefined) throw new PipelineError('LTS_CONFIGURATION', 'A data folder has nothing to put back: its recordings hold every frame. Stop standalone, move the folder "database" away and start again; it is built anew from them.');
    await write(stdout, await replayed({ ...command, competition }, new ParkedTopics(env, 'parked')));
    return;
  }
  const source = data === undefined ? new ParkedTopics(env, 'parked') : new ParkedFolder(data);
  if (command.kind === 'list') await list(source, { topics: command.topics, competition }, stdout);
  else await show(source, { ...command, competition }, stdout);
}

async function list(source: Source, { topics, competition }: { topics: readonly string[]; competition: string | undefined }, stdout: Writable): Promise<void> {
  const named = topics.length > 0 ? topics : await source.topics();
  if (named.length === 0) await write(stdout, ['There is no parked topic.']);
  for (const topic of named) {
    const overview = new Overview(topic);
    await source.each(topic, (messages) => {
      for (const message of messages) if (isAskedFor(message, { span: null, competition })) overview.add(message);
    });
    await write(stdout, overview.lines());
  }
}

/** With a span all that stands there, otherwise what waits. */
async function show(source: Source, asked: Asked, stdout: Writable): Promise<void> {
  let shown = 0;
  await source.each(asked.topic, async (messages) => {
    const wanted = messages.filter((message) => isAskedFor(message, asked) && (asked.span !== null || message.state === 'waiting'));
    shown += wanted.length;
    await write(stdout, wanted.map((message) => `${shownMessage(message)}\n`));
  });
  if (shown === 0) await write(stdout, [asked.span === null ? 'Nothing waits there.' : 'Nothing stands there.']);
}

async function replayed(asked: Asked, parked: ParkedTopics): Promise<string[]> {
  return replayLines(asked.topic, await parked.replay(asked.topic, (message) => isAskedFor(message, asked)));
}

function replayLines(topic: string, { replayed: counts, cut }: ReplayFigures): string[] {
  const all = [...counts].map(([competition, count]) => `${competition === '' ? '(no key)' : competition} ${count}`);
  const done = all.length === 0 ? 'Nothing waits to be put back.' : `Put back onto ${topic}: ${all.join(', ')}.`;
  return cut === 0 ? [done] : [done, `${cut} cannot be put back: only the beginning is kept.`];
}

async function write(stdout: Writable, lines: readonly string[]): Promise<void> {
  if (lines.length > 0 && !stdout.write(`${lines.join('\n')}\n`)) await once(stdout, 'drain');
}
