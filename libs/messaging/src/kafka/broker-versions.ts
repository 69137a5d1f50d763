import type { Socket } from 'node:net';
import type { KafkaAddress } from './kafka-address.js';
import { openSocket } from './kafka-client.js';
import { reasonOf } from './kafka-reasons.js';

/** One address and what answers there. */
export interface BrokerFinding {
  server: string;
  /** Release of Kafka as far as it can be told, e.g. `4.1`; null when nothing answers or it does not tell. */
  release: string | null;
  /** Level of `metadata.version` in force, null when it is not told. */
  metadataLevel: number | null;
  /** Why nothing answers, null when it does. */
  fault: string | null;
}

const LIMIT_MS = 3_000;
const API_VERSIONS_KEY = 18;
const LARGEST_ANSWER = 1_000_000;

/** First level of `metadata.version` of each release (Kafka's `MetadataVersion`). */
const FIRST_LEVELS: readonly (readonly [number, string])[] = [
  [1, '3.0'], [2, '3.1'], [3, '3.2'], [4, '3.3'], [8, '3.4'], [9, '3.5'], [12, '3.6'], [15, '3.7'], [20, '3.8'], [21, '3.9'], [22, '4.0'], [26, '4.1'], [28, '4.2'],
];

/** The release whose newest `metadata.version` is `level`; of later releases than we know, the last one with a plus. */
export function releaseOf(level: number): string | null {
  const last = FIRST_LEVELS.at(-1);
  const found = FIRST_LEVELS.findLast(([first]) => first <= level);
  if (found === undefined || last === undefined) return null;
  return level > last[0] + 1 ? `${last[1]}+` : found[1];
}

/** Asks one broker for its versions: the request that every listener answers before anybody has said who he is. */
export async function askBroker(server: string, address: KafkaAddress): Promise<BrokerFinding> {
  try {
    const levels = levelsOf(await exchange(server, address));
    return { server, release: levels.newest === null ? null : releaseOf(levels.newest), metadataLevel: levels.inForce, fault: null };
  } catch (thrown) {
    return { server, release: null, metadataLevel: null, fault: reasonOf(thrown, { ...address, servers: [server] }) };
  }
}

function open(server: string, { tls }: KafkaAddress): Socket {
  const colon = server.lastIndexOf(':');
  return openSocket(server.slice(0, colon), Number(server.slice(colon + 1)), tls);
}

/** Sends the request, gives the body of the answer. */
function exchange(server: string, address: KafkaAddress): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = open(server, address);
    let answer = Buffer.alloc(0);
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(LIMIT_MS, () => fail(new Error(`nothing answers at ${server} within ${LIMIT_MS} ms`)));
    socket.once('error', (error: Error & { code?: string }) => fail(error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' ? new Error(`no broker answers at ${server}`, { cause: error }) : error));
    socket.once('close', () => fail(new Error('Closed connection')));
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      const length = answer.length < 4 ? null : answer.readInt32BE(0);
      if (length !== null && (length < 0 || length > LARGEST_ANSWER)) fail(new Error('Closed connection: what answers is no plain Kafka'));
      else if (length !== null && answer.length >= length + 4) {
        resolve(answer.subarray(8, length + 4));
        socket.destroy();
      }
    });
    socket.write(request());
  });
}

/** ApiVersions, version 3: the first that tells features. */
function request(): Buffer {
  const text = (value: string): Buffer => Buffer.concat([Buffer.from([value.length + 1]), Buffer.from(value)]);
  const head = Buffer.alloc(10);
  head.writeInt16BE(API_VERSIONS_KEY, 0);
  head.writeInt16BE(3, 2);
  head.writeInt32BE(1, 4);
  head.writeInt16BE(-1, 8);
  const body = Buffer.concat([head, Buffer.from([0]), text('live-timing-strategy'), text('1'), Buffer.from([0])]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length, 0);
  return Buffer.concat([size, body]);
}

/** Reads the protocol's numbers and texts one after the other. */
class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  int16(): number {
    this.at += 2;
    return this.bytes.readInt16BE(this.at - 2);
  }

  skip(count: number): void {
    this.at += count;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes.readUInt8(this.at);
      this.at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  }

  text(): string {
    const length = this.varint() - 1;
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  /** Fields that later versions added; each is read by its number. */
  tagged(read: (tag: number) => void): void {
    const count = this.varint();
    for (let field = 0; field < count; field += 1) {
      const tag = this.varint();
      const end = this.varint() + this.at;
      read(tag);
      this.at = end;
    }
  }
}

/** Highest level of `metadata.version` that the broker knows, and the one in force. */
function levelsOf(body: Buffer): { newest: number | null; inForce: number | null } {
  const reader = new Reader(body);
  const levels: { newest: number | null; inForce: number | null } = { newest: null, inForce: null };
  if (reader.int16() !== 0) return levels;
  const apis = reader.varint() - 1;
  for (let api = 0; api < apis; api += 1) {
    reader.skip(6);
    reader.tagged(() => undefined);
  }
  reader.skip(4);
  reader.tagged((tag) => {
    if (tag === 0) levels.newest = metadataLevel(reader, 'second');
    if (tag === 2) levels.inForce = metadataLevel(reader, 'first');
  });
  return levels;
}

/** Supported features stand as (name, lowest, highest), those in force as (name, highest, lowest). */
function metadataLevel(reader: Reader, highest: 'first' | 'second'): number | null {
  const count = reader.varint() - 1;
  let level: number | null = null;
  for (let feature = 0; feature < count; feature += 1) {
    const name = reader.text();
    const [first, second] = [reader.int16(), reader.int16()];
    reader.tagged(() => undefined);
    if (name === 'metadata.version') level = highest === 'first' ? first : second;
  }
  return level;
}
