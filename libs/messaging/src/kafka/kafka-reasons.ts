import type { KafkaAddress } from './kafka-address.js';

const REFUSED_TLS = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO'];
const UNKNOWN_AUTHORITY = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_GET_ISSUER_CERT', 'CERT_SIGNATURE_FAILURE', 'ERR_OSSL_RSA_INVALID_PADDING'];
const OUR_CERTIFICATE = ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN'];
const FORBIDDEN = ['TOPIC_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED', 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED'];
const AWAY = ['KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSNoBrokerAvailableError', 'KafkaJSRequestTimeoutError', 'KafkaJSBrokerNotFound'];

/** Kinds of errors, the most telling first, and what they mean in words. */
const REASONS: readonly { kinds: readonly string[]; words: (address: KafkaAddress, thrown: unknown) => string }[] = [
  { kinds: ['KafkaJSSASLAuthenticationError'], words: refusedUser },
  { kinds: FORBIDDEN, words: (address, thrown) => `${userOf(address)} may not do this (${textOf(thrown)}); docs/kafka-access.md lists the rights of each stage` },
  { kinds: ['KafkaJSGroupCoordinatorNotFound'], words: noCoordinator },
  { kinds: UNKNOWN_AUTHORITY, words: (address) => `the certificate of ${at(address)} is not signed by ${address.tls?.ca === undefined ? 'an authority that Node knows; give KAFKA_CA_FILE' : 'the authority of KAFKA_CA_FILE'}` },
  { kinds: ['ERR_TLS_CERT_ALTNAME_INVALID'], words: (address) => `the certificate of a broker at ${at(address)} is made out for another name; correct KAFKA_SERVERS or the advertised listeners` },
  { kinds: ['CERT_HAS_EXPIRED'], words: (address) => `the certificate of a broker at ${at(address)} has expired` },
  { kinds: OUR_CERTIFICATE, words: (address) => `the brokers at ${at(address)} do not accept our certificate; correct KAFKA_CERT_FILE and KAFKA_KEY_FILE` },
  { kinds: REFUSED_TLS, words: noTls },
];

/** Why nothing goes on, in words for health. */
export function reasonOf(thrown: unknown, address: KafkaAddress): string {
  const kinds = errorKinds(thrown);
  const found = REASONS.find((reason) => reason.kinds.some((kind) => kinds.includes(kind)));
  if (found !== undefined) return found.words(address, thrown);
  const broken = cutOff(thrown, address);
  if (broken !== null) return broken;
  if (AWAY.some((kind) => kinds.includes(kind))) return `no broker answers at ${at(address)}`;
  return textOf(thrown);
}

/** A connection that breaks off right after it was made: mostly the other side expects another language. Null when it is none. */
function cutOff(thrown: unknown, address: KafkaAddress): string | null {
  const text = textsOf(thrown).join(' ');
  const { tls, sasl } = address;
  if (tls !== undefined && /before secure TLS connection was established|ECONNRESET/.test(text)) return noTls(address);
  if (!text.includes('Closed connection')) return null;
  const missing = [...(tls === undefined ? ['KAFKA_TLS=true'] : []), ...(sasl === undefined ? ['KAFKA_SASL'] : [])];
  return `the broker at ${at(address)} closes the connection: it stops${missing.length === 0 ? '' : `, or it wants ${missing.join(' or ')}`}`;
}

function noTls(address: KafkaAddress): string {
  return `no TLS is spoken at ${at(address)}; correct the port in KAFKA_SERVERS, or set KAFKA_TLS=false`;
}

function refusedUser(address: KafkaAddress, thrown: unknown): string {
  if (textsOf(thrown).some((text) => text.includes('is not supported by the server'))) return `the brokers at ${at(address)} do not offer KAFKA_SASL=${address.sasl?.mechanism ?? ''}`;
  return `the brokers at ${at(address)} refuse ${userOf(address)}; correct KAFKA_USER or KAFKA_PASSWORD`;
}

/** kafkajs says no more when a user may not use a group. */
function noCoordinator(address: KafkaAddress): string {
  return `no broker takes charge of the consumer group: the brokers are still starting${address.sasl === undefined && address.tls?.cert === undefined ? '' : `, or ${userOf(address)} has no right to read with it`}`;
}

function userOf({ sasl }: KafkaAddress): string {
  return sasl !== undefined && 'username' in sasl ? `the user ${sasl.username}` : 'the user';
}

function at({ servers }: KafkaAddress): string {
  return servers.join(', ');
}

function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function chainOf(thrown: unknown): Error[] {
  const chain: Error[] = [];
  for (let error: unknown = thrown; error instanceof Error && chain.length < 10; error = error.cause) chain.push(error);
  return chain;
}

function textsOf(thrown: unknown): string[] {
  return chainOf(thrown).map(({ message }) => message);
}

/** Kinds of an error and of its causes, the outermost first: the protocol's type (`UNKNOWN_TOPIC_OR_PARTITION`), the system's code or the error's name. */
export function errorKinds(thrown: unknown): string[] {
  return chainOf(thrown).flatMap((error) => {
    const texts = ['type' in error ? error.type : null, 'code' in error ? error.code : null, error.name];
    return texts.filter((text) => typeof text === 'string');
  });
}
