import type { ParkedMessage } from '@lts/messaging';

const STATES = {
  waiting: 'waits',
  replayed: 'replayed',
  repeat: 'told of before: an earlier record is of the same message',
} as const satisfies Record<ParkedMessage['state'], string>;

/** A message in full, for people. */
export function shownMessage({ place, at, state, record }: ParkedMessage): string {
  const { code, message, key, headers, content } = record;
  const lines = [
    `${place.topic} ${place.partition}/${place.offset}, ${at}, ${STATES[state]}`,
    `  competition  ${key === '' ? '(no key)' : key}`,
    `  from         ${record.place.topic} ${record.place.partition}/${record.place.offset}`,
    `  error        ${code}: ${message}`,
    `  headers      ${Object.entries(headers).map(([name, text]) => `${name}=${text}`).join(' ')}`,
    `  message      ${content.kind === 'cut' ? '(only its beginning is kept)' : typeof content.value === 'string' ? '(as text)' : ''}`,
    ...textOf(content).split('\n').map((line) => `    ${line}`),
  ];
  return lines.map((line) => line.trimEnd()).join('\n');
}

function textOf(content: ParkedMessage['record']['content']): string {
  if (content.kind === 'cut') return content.beginning;
  return typeof content.value === 'string' ? content.value : JSON.stringify(content.value, null, 2);
}
