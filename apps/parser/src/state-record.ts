import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Place } from '@lts/contracts';

/** Version of the record; another one is not read. */
const VERSION = 2;

/** Most bytes of a state once it is unpacked; a longer one is none of ours. */
const MOST_BYTES = 512 * 1024 * 1024;

const packed = promisify(gzip);
const unpacked = promisify(gunzip);

/** What a competition's fold needs to go on, as plain data. */
export interface ParserMemory {
  /** Snapshot of the fold. */
  state: unknown;
  /** Ids folded last, oldest first. */
  seen: string[];
  lastId: string;
  /** Place of the last message that was folded; null when none came as a message. */
  position: Place | null;
  pendingInit: string | null;
  /** The fold began in the middle of the competition. */
  partial: boolean;
}

/** A record of `parser-state`: what identifies it in the clear, the state as packed JSON in base 64. */
export interface StateRecord {
  competition: string;
  version: number;
  position: Place | null;
  frame: string;
  partial: boolean;
  state: string;
}

export async function stateRecord(competition: string, memory: ParserMemory): Promise<StateRecord> {
  const state = (await packed(JSON.stringify(memory))).toString('base64');
  return { competition, version: VERSION, position: memory.position, frame: memory.lastId, partial: memory.partial, state };
}

/** @returns null for a record that is none of this version, or broken: the fold then begins further back */
export async function memoryIn(value: unknown, competition: string): Promise<ParserMemory | null> {
  if (!isStateRecord(value) || value.competition !== competition) return null;
  try {
    const memory: unknown = JSON.parse((await unpacked(Buffer.from(value.state, 'base64'), { maxOutputLength: MOST_BYTES })).toString());
    return isMemory(memory) ? memory : null;
  } catch {
    return null;
  }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isStateRecord(value: unknown): value is StateRecord {
  return isFields(value) && value['version'] === VERSION && typeof value['competition'] === 'string' && typeof value['state'] === 'string';
}

function isPlace(value: unknown): value is Place {
  return isFields(value) && typeof value['topic'] === 'string' && typeof value['partition'] === 'number' && typeof value['offset'] === 'string';
}

function isMemory(value: unknown): value is ParserMemory {
  if (!isFields(value) || !Array.isArray(value['seen']) || typeof value['lastId'] !== 'string' || typeof value['partial'] !== 'boolean') return false;
  const { position, pendingInit } = value;
  return (position === null || isPlace(position)) && (pendingInit === null || typeof pendingInit === 'string') && 'state' in value;
}
