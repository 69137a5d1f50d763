import type { BatchAnswer, RejectedOperation, Watermarks } from '@lts/contracts';

/** A competition as far as the stages need it. */
export interface ApiCompetition {
  id: number;
  competition_code: string;
}

/** Rules of a new competition; `length` 0 stands for one that is not known. */
export interface NewCompetition {
  track_id: number;
  competition_code: string;
  name: string;
  description: string;
  settings: { length: number; length_unit: 'laps' | 'millis'; pit_time: number | null; min_number_pits: number };
}

/** A setting of the parser; `source` tells who set it. */
export interface ParserSetting {
  name: string;
  value: string;
  source: 'feed' | 'user';
}

/** A field of an answer, whatever the answer is. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

export function textIn(value: unknown, name: string): string | null {
  const found = field(value, name);
  return typeof found === 'string' ? found : null;
}

export function isBatchAnswer(value: unknown): value is BatchAnswer {
  const rejected = field(value, 'rejected');
  return textIn(value, 'watermark') !== null && Array.isArray(rejected) && rejected.every(isRejected) && typeof field(value, 'applied') === 'number' && typeof field(value, 'skipped') === 'number';
}

function isRejected(value: unknown): value is RejectedOperation {
  return typeof field(value, 'index') === 'number' && textIn(value, 'id') !== null && textIn(value, 'message') !== null;
}

export function isCompetition(value: unknown): value is ApiCompetition {
  return typeof field(value, 'id') === 'number' && textIn(value, 'competition_code') !== null;
}

export function isTrack(value: unknown): value is { id: number; name: string } {
  return typeof field(value, 'id') === 'number' && textIn(value, 'name') !== null;
}

export function isParserSetting(value: unknown): value is ParserSetting {
  return textIn(value, 'name') !== null && textIn(value, 'value') !== null && (textIn(value, 'source') === 'feed' || textIn(value, 'source') === 'user');
}

export function isWatermarks(value: unknown): value is Watermarks {
  return typeof value === 'object' && value !== null && Object.values(value).every((frame) => typeof frame === 'string');
}
