import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { SASLOptions } from 'kafkajs';
import { PipelineError } from '@lts/contracts';
import type { KafkaAccessEnv } from '@lts/env';

/** What a client needs to reach the cluster. */
export interface KafkaAddress {
  servers: string[];
  clientId: string;
  /** TLS is spoken with these files; absent: plain. */
  tls?: ConnectionOptions;
  sasl?: SASLOptions;
}

/** Where the brokers are and how they are spoken to, as the settings say. Only `kafkaServers` must be given. */
export type KafkaAccess = Pick<KafkaAccessEnv, 'kafkaServers'> & Partial<Omit<KafkaAccessEnv, 'kafkaServers'>>;

/**
 * The address that the settings describe, with the files read.
 *
 * @throws PipelineError `LTS_CONFIGURATION` when settings contradict each other or a file cannot be read
 */
export function kafkaAddress(access: KafkaAccess, stageName: string): KafkaAddress {
  const tls = tlsOf(access);
  const sasl = saslOf(access);
  return { servers: access.kafkaServers, clientId: `lts-${stageName}`, ...(tls === null ? {} : { tls }), ...(sasl === null ? {} : { sasl }) };
}

function tlsOf({ kafkaTls, kafkaCaFile, kafkaCertFile, kafkaKeyFile }: KafkaAccess): ConnectionOptions | null {
  if (kafkaTls !== true) {
    const [file] = [kafkaCaFile, kafkaCertFile, kafkaKeyFile].filter((path) => path !== undefined);
    if (file !== undefined) throw wrong(`The file ${file} is for TLS, which is not switched on. Add KAFKA_TLS=true.`);
    return null;
  }
  if ((kafkaCertFile === undefined) !== (kafkaKeyFile === undefined)) throw wrong('A certificate of our own needs its key: give both KAFKA_CERT_FILE and KAFKA_KEY_FILE, or neither.');
  return { ...read('ca', 'KAFKA_CA_FILE', kafkaCaFile), ...read('cert', 'KAFKA_CERT_FILE', kafkaCertFile), ...read('key', 'KAFKA_KEY_FILE', kafkaKeyFile) };
}

function read(option: 'ca' | 'cert' | 'key', variable: string, path: string | undefined): ConnectionOptions {
  if (path === undefined) return {};
  try {
    const text = readFileSync(path, 'utf8');
    if (!text.includes('-----BEGIN')) throw wrong(`${path} is no PEM file (-----BEGIN …). Correct ${variable}.`);
    return { [option]: text };
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    throw wrong(`${path} cannot be read. Correct ${variable}.`, error);
  }
}

function saslOf({ kafkaSasl, kafkaUser, kafkaPassword }: KafkaAccess): SASLOptions | null {
  if (kafkaSasl === undefined) {
    if (kafkaUser !== undefined || kafkaPassword !== undefined) throw wrong('A user or password is given, but not how to say it. Add KAFKA_SASL=scram-sha-512 or KAFKA_SASL=plain.');
    return null;
  }
  if (kafkaUser === undefined || kafkaPassword === undefined) throw wrong(`KAFKA_SASL=${kafkaSasl} needs both KAFKA_USER and KAFKA_PASSWORD.`);
  return { mechanism: kafkaSasl, username: kafkaUser, password: kafkaPassword };
}

function wrong(sentence: string, cause?: unknown): PipelineError {
  return new PipelineError('LTS_CONFIGURATION', sentence, { cause });
}
