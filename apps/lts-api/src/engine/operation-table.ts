import { type Operation, isFrameId } from '@lts/contracts';
import { Body } from './body.js';
import type { OperationContext } from './operation-context.js';
import { putLap, putStop } from './operations/laps-and-stops.js';
import { putMessage, putParserSetting, putPenalty, removeParserSettings } from './operations/messages-and-settings.js';
import { putDriver, putPartialDrivingTime, putTeam, putTeamDetails, putTotalDrivingTime } from './operations/participants.js';
import { putFlag, putMetadata, putRemainingLength, putSession } from './operations/session.js';
import { TIMING_FIELDS, putPosition, putTiming, putTimingField, removeTiming } from './operations/timing.js';
import { Rejection } from './rejection.js';

type Apply = (context: OperationContext, keys: readonly [string, string], body: Body) => void;

/** Method and path below the competition, `:` for a key -> what it does. */
const TABLE: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ['PUT sessions/:', (context, [session], body) => putSession(context, session, body)],
  ['PUT sessions/:/laps/:', (context, [session, lap], body) => putLap(context, session, lap, body)],
  ['PUT sessions/:/stops/:', (context, [session, stop], body) => putStop(context, session, stop, body)],
  ['PUT sessions/:/messages/:', (context, [session, message], body) => putMessage(context, session, message, body)],
  ['PUT sessions/:/penalties/:', (context, [session, penalty], body) => putPenalty(context, session, penalty, body)],
  ['PUT metadata', (context, _keys, body) => putMetadata(context, body)],
  ['PUT metadata/status', (context, _keys, body) => putMetadata(context, body)],
  ['PUT metadata/stage', (context, _keys, body) => putMetadata(context, body)],
  ['PUT metadata/remaining_length', (context, _keys, body) => putRemainingLength(context, body)],
  ['PUT metadata/flag', (context, _keys, body) => putFlag(context, body)],
  ['DELETE parsers/settings', (context) => removeParserSettings(context)],
  ['PUT parsers/settings/:', (context, [name], body) => putParserSetting(context, name, body)],
  ['PUT teams/:', (context, [team], body) => putTeam(context, team, body)],
  ['PUT teams/:/details', (context, [team], body) => putTeamDetails(context, team, body)],
  ['PUT teams/:/drivers/:', (context, [team, driver], body) => putDriver(context, team, driver, body)],
  ['PUT drivers/:/total_driving_time', (context, [driver], body) => void putTotalDrivingTime(context, driver, body)],
  ['PUT drivers/:/partial_driving_time', (context, [driver], body) => void putPartialDrivingTime(context, driver, body)],
  ['PUT timing/teams/:', (context, [team], body) => putTiming(context, team, body)],
  ['DELETE timing/teams/:', (context, [team]) => removeTiming(context, team)],
  ['PUT timing/teams/:/position', (context, [team], body) => putPosition(context, team, body)],
  ...Object.keys(TIMING_FIELDS).map((field): [string, Apply] => [`PUT timing/teams/:/${field}`, (context, [team], body) => putTimingField(context, team, field, body)]),
]);

/** An operation whose path has been understood. */
export interface RoutedOperation {
  operation: Operation;
  /** Frame it follows from, null for one without. */
  frame: string | null;
  /** Pattern of the path, e.g. `sessions/:/laps/:`. */
  pattern: string;
  keys: readonly [string, string];
  apply: Apply;
}

/**
 * Finds what an operation does by its method and path.
 *
 * @throws Rejection 404 for a path that is none
 */
export function route(operation: Operation): RoutedOperation {
  const keys: string[] = [];
  const segments = operation.path.split('/').slice(4).map((segment, index) => asPattern(segment, index, keys));
  const pattern = segments.join('/');
  const apply = TABLE.get(`${operation.method} ${pattern}`);
  if (apply === undefined) throw new Rejection(404, `There is no operation ${operation.method} ${operation.path}.`);
  const frame = operation.id.slice(0, 26);
  return { operation, frame: isFrameId(frame) ? frame : null, pattern, keys: [keys[0] ?? '', keys[1] ?? ''], apply };
}

export function applyRouted(context: OperationContext, { operation, keys, apply }: RoutedOperation): void {
  apply(context, keys, new Body(operation.body));
}

/** Keys stand behind a collection's name: natural ones begin with `~`, ids are digits. */
function asPattern(segment: string, index: number, keys: string[]): string {
  const isKey = index > 0 && (segment.startsWith('~') || /^\d+$/.test(segment));
  if (isKey) keys.push(decodeSegment(segment));
  return isKey ? ':' : segment;
}

function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Rejection(400, `"${segment}" is not percent-encoded correctly.`);
  }
}
