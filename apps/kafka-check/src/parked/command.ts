import { PipelineError, topicOfParked } from '@lts/contracts';
import type { ParkedMessage } from '@lts/messaging';

/** Places on a parked topic, both ends included. */
export interface OffsetSpan {
  from: bigint;
  to: bigint;
}

/** What is asked for. */
export type Command = { kind: 'list'; topics: string[] } | { kind: 'show' | 'replay'; topic: string; span: OffsetSpan | null };

/**
 * Reads the words of the command line.
 *
 * @throws PipelineError `LTS_CONFIGURATION` with what to give instead
 */
export function commandOf(words: readonly string[]): Command {
  const [kind, topic, span, ...rest] = words;
  if (kind === 'list') return { kind, topics: words.slice(1).map(sourceTopic) };
  if (kind !== 'show' && kind !== 'replay') throw wrong(kind === undefined ? 'Nothing is asked for.' : `"${kind}" is no command.`);
  if (topic === undefined) throw wrong(`Which topic? ${kind} needs its name, e.g. ${kind} standard.`);
  if (rest[0] !== undefined) throw wrong(`"${rest[0]}" is too much: ${kind} takes one topic and one offset or range.`);
  return { kind, topic: sourceTopic(topic), span: span === undefined ? null : spanOf(span) };
}

/** Tells whether a message is among those that are asked for. */
export function isAskedFor({ place, record }: ParkedMessage, { span, competition }: { span: OffsetSpan | null; competition: string | undefined }): boolean {
  if (competition !== undefined && record.key !== competition) return false;
  const offset = BigInt(place.offset);
  return span === null || (offset >= span.from && offset <= span.to);
}

/** Either name will do: that of the topic, or that of its parked one. */
function sourceTopic(name: string): string {
  return topicOfParked(name) ?? name;
}

function spanOf(text: string): OffsetSpan {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined) throw wrong(`"${text}" is no offset: give one such as 12, or a range such as 12-20.`);
  const [from, to] = [BigInt(first), BigInt(last ?? first)];
  if (to < from) throw wrong(`The range ${text} ends before it begins.`);
  return { from, to };
}

function wrong(sentence: string): PipelineError {
  return new PipelineError('LTS_CONFIGURATION', `${sentence} The commands are list, show and replay; --help explains them.`);
}
