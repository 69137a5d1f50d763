import { type RawMessage, rawMessage } from '@lts/contracts';

const COMPETITION = 'dummy-code';
const SOURCE = 'dummy';

/** A numbered message in the form of all others, so that a check proves what the pipeline needs. */
export function testMessage(counter: number, nowMs: number): RawMessage {
  return rawMessage({ id: `test-${nowMs}-${counter}`, competitionCode: COMPETITION, source: SOURCE, atMs: nowMs, data: JSON.stringify({ counter }) });
}

/** The number that a test message carries; `?` for a message of another kind. */
export function counterOf({ data }: RawMessage): string {
  return /^\{"counter":(\d+)\}$/.exec(data)?.[1] ?? '?';
}
