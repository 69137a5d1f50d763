import type { Body } from '../body.js';
import { type OperationContext, naturalKey } from '../operation-context.js';
import { Rejection } from '../rejection.js';
import type { MetadataRow, SessionRow } from '../rows.js';
import { LENGTH_UNITS, STAGES, STATUSES } from '../vocabulary.js';

/** Number of a session in a path, e.g. `~2`. @throws Rejection 422 */
export function sessionNumber(reference: string): number {
  const number = Number(naturalKey(reference) ?? reference);
  if (!Number.isSafeInteger(number) || number < 0) throw new Rejection(422, `"${reference}" is no session.`);
  return number;
}

/** Makes or changes a session; one above the current one becomes current, and the current timing starts anew. */
export function putSession(context: OperationContext, reference: string, body: Body): void {
  const { book, changes } = context;
  const number = sessionNumber(reference);
  const session: SessionRow = {
    competitionId: book.competitionId,
    number,
    stage: body.text('stage'),
    stageText: body.text('stage_text'),
    title1: body.text('title1'),
    title2: body.text('title2'),
    ranking: body.text('ranking'),
    track: body.textOrNull('track'),
  };
  book.sessions.set(number, session);
  changes.sessions.set(number, session);
  if (number <= book.session) return;
  book.session = number;
  book.timing.clear();
  changes.timing.clear();
  changes.timingRemoved.clear();
  changes.timingReset = true;
}

/** Changes the fields given and appends the whole row to the history. */
export function putMetadata(context: OperationContext, body: Body): void {
  saveMetadata(context, {
    ...(body.has('status') ? { status: body.oneOf('status', STATUSES) } : {}),
    ...(body.has('stage') ? { stage: body.oneOf('stage', STAGES) } : {}),
    ...(body.has('stage_text') ? { stageText: body.text('stage_text') } : {}),
    ...(body.has('remaining_length') ? remaining(body) : {}),
  });
}

export function putRemainingLength(context: OperationContext, body: Body): void {
  saveMetadata(context, remaining(body));
}

/** Flag panel: `flag` and the text the feed gave it. */
export function putFlag(context: OperationContext, body: Body): void {
  saveMetadata(context, { flag: body.textOrNull('flag'), flagText: body.has('text') ? body.text('text') : '' });
}

function remaining(body: Body): Partial<MetadataRow> {
  return { remainingLength: body.int('remaining_length'), remainingLengthUnit: body.oneOf('remaining_length_unit', LENGTH_UNITS) };
}

function saveMetadata(context: OperationContext, fields: Partial<MetadataRow>): void {
  const row = { ...context.book.metadata, ...fields };
  context.book.metadata = row;
  context.changes.metadata = row;
  context.changes.metadataHistory.push({ ...row, atMs: context.atMs });
}
