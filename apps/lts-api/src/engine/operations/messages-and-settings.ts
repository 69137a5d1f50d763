import type { Body } from '../body.js';
import { type OperationContext, naturalKey, teamOf } from '../operation-context.js';
import { sessionNumber } from './session.js';

/** A text of race control or of the ticker, by the id of its action. */
export function putMessage(context: OperationContext, session: string, reference: string, body: Body): void {
  const action = naturalKey(reference) ?? reference;
  context.changes.messages.set(action, {
    competitionId: context.book.competitionId,
    session: sessionNumber(session),
    action,
    atMs: context.atMs ?? 0,
    kind: body.text('kind'),
    text: body.text('text'),
    numberText: body.textOrNull('number_text'),
    clock: body.textOrNull('clock'),
    channel: body.text('channel'),
  });
}

export function putPenalty(context: OperationContext, session: string, reference: string, body: Body): void {
  const action = naturalKey(reference) ?? reference;
  context.changes.penalties.set(action, {
    competitionId: context.book.competitionId,
    session: sessionNumber(session),
    action,
    teamId: teamOf(context, `~${body.text('participant_code')}`).id,
    atMs: body.instant('at_ms'),
    text: body.text('text'),
    laps: body.intOrNull('laps'),
    seconds: body.numberOrNull('seconds'),
  });
}

/** A parser setting found in the feed; what a person has set stays. */
export function putParserSetting(context: OperationContext, reference: string, body: Body): void {
  const name = naturalKey(reference) ?? reference;
  if (context.book.parserSettings.get(name)?.source === 'user') return;
  const row = { competitionId: context.book.competitionId, name, value: body.text('value'), source: 'feed' };
  context.book.parserSettings.set(name, row);
  context.changes.parserSettings.set(name, row);
  context.changes.parserSettingsRemoved.delete(name);
}

/** Forgets the settings found in the feed. */
export function removeParserSettings({ book, changes }: OperationContext): void {
  for (const [name, setting] of book.parserSettings) {
    if (setting.source !== 'feed') continue;
    book.parserSettings.delete(name);
    changes.parserSettings.delete(name);
    changes.parserSettingsRemoved.add(name);
  }
}
