const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
const OUT_OF_DATE: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Why a connection was not made or has ended, as a clause for people; certificates with what to do about them. */
export function linkReason(error: unknown): string {
  const cause = innermost(error);
  const code = textOf(cause, 'code');
  const said = textOf(cause, 'message');
  const message = said === '' ? code : said;
  if (UNTRUSTED.has(code)) return `its certificate is not trusted (${message}): name the file of its authority in NODE_EXTRA_CA_CERTS`;
  if (OUT_OF_DATE.has(code)) return `its certificate is not valid now (${message}): check the clock of this machine`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'its certificate is that of another host';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) return 'it does not speak TLS there';
  return message;
}

/** `fetch` wraps what the system says, and a name with several addresses wraps it once more. */
function innermost(error: unknown): unknown {
  const errors = fieldOf(error, 'errors');
  const inner: unknown = Array.isArray(errors) ? errors[0] : fieldOf(error, 'cause');
  return inner === undefined ? error : innermost(inner);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown, name: string): string {
  const text = fieldOf(value, name);
  return typeof text === 'string' ? text : '';
}
