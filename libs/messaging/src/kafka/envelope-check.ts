type Fields = Record<string, unknown>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What a decoded message lacks to be an envelope of one of the known kinds, as a sentence; null when it is one.
 * Fields and kinds of payload that are not known are let through.
 */
export function envelopeFault(value: unknown, key: string): string | null {
  if (!isFields(value)) return 'The message is no JSON object.';
  const fault = hasAllFields(value) ? null : missingFields(value);
  if (fault !== null) return fault;
  if (value['competition_code'] !== key) return 'The competition_code of the envelope is not the key of the message.';
  return payloadFault(value['decoder'], value['data']);
}

/** In one look, since nearly every message is sound. */
function hasAllFields({ id, competition_code: code, source, created_at: createdAt, updated_at: updatedAt }: Fields): boolean {
  return isText(id) && isText(code) && isText(source) && isNumber(createdAt) && isNumber(updatedAt);
}

function missingFields(value: Fields): string {
  const texts = ['id', 'competition_code', 'source'].filter((name) => !isText(value[name]));
  const numbers = ['created_at', 'updated_at'].filter((name) => !isNumber(value[name]));
  const missing = [...texts, ...numbers];
  return `The envelope has no proper ${missing.join(', ')}.`;
}

function payloadFault(decoder: unknown, data: unknown): string | null {
  switch (decoder) {
    case null:
      return typeof data === 'string' ? null : 'The data of a raw message is no text.';
    case 'action':
      return isFrameActions(data) ? null : 'The data of an action message is not {frame, at_ms, session, actions}.';
    case 'notification':
      return isFields(data) && isText(data['type']) ? null : 'The data of a notification has no type.';
    default:
      return 'The decoder of the envelope is neither null, "action" nor "notification".';
  }
}

function isFrameActions(data: unknown): boolean {
  if (!isFields(data) || !Array.isArray(data['actions'])) return false;
  const hasFrame = isText(data['frame']) && isNumber(data['at_ms']) && isNumber(data['session']);
  return hasFrame && data['actions'].every((action) => isFields(action) && isText(action['id']) && isText(action['type']));
}
