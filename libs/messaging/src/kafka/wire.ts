import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import { MESSAGE_VERSION, PipelineError, type Place } from '@lts/contracts';
import type { OutgoingMessage, ReceivedMessage } from '../received-message.js';

/** Bytes that a record has besides key, value and the texts of its headers, generously. */
const RECORD_OVERHEAD_BYTES = 100;

/** A message as it is sent, with its size. */
export interface EncodedMessage {
  record: Message;
  bytes: number;
}

/** JSON in UTF-8, the competition as key, version and kind as headers. */
export function encode(message: OutgoingMessage): EncodedMessage {
  const value = Buffer.from(JSON.stringify(message.value));
  const headers = { 'lts-version': MESSAGE_VERSION, 'lts-kind': message.kind };
  return { record: { key: message.key, value, headers }, bytes: value.length + Buffer.byteLength(message.key) + message.kind.length + RECORD_OVERHEAD_BYTES };
}

/** A message as it was read, and what is wrong with it, if anything. */
export interface ReadMessage {
  message: ReceivedMessage<unknown>;
  error: PipelineError | null;
}

/** Says in a sentence what is wrong with a decoded value, or null. */
export type ValueCheck = (value: unknown, key: string) => string | null;

/** A record as a handler gets it. Its headers are decoded only when somebody looks: most handlers never do. */
class ReceivedRecord implements ReceivedMessage<unknown> {
  constructor(
    readonly key: string,
    readonly value: unknown,
    readonly place: Place,
    private readonly sent: IHeaders | undefined,
  ) {}

  get headers(): Record<string, string> {
    return textHeaders(this.sent);
  }
}

/** Decodes a record; one that cannot be decoded or fails the check comes out with its text as value and the reason. */
export function read(source: { topic: string; partition: number }, record: KafkaMessage, check: ValueCheck): ReadMessage {
  const place = { topic: source.topic, partition: source.partition, offset: record.offset };
  const key = record.key?.toString() ?? '';
  const text = record.value?.toString() ?? '';
  let value: unknown;
  let fault: string | null;
  try {
    value = JSON.parse(text);
    fault = check(value, key);
  } catch {
    fault = 'The message is no JSON.';
  }
  if (key === '') fault = 'The message has no key.';
  if (fault === null) return { message: new ReceivedRecord(key, value, place, record.headers), error: null };
  return { message: new ReceivedRecord(key, text, place, record.headers), error: new PipelineError('LTS_MESSAGE_INVALID', fault, { competitionCode: key, place }) };
}

function textHeaders(headers: IHeaders | undefined): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) texts[name] = first.toString();
  }
  return texts;
}
