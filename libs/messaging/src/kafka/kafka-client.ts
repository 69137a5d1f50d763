import { connect } from 'node:net';
import { Logger } from '@nestjs/common';
import { type ISocketFactory, Kafka, type LogEntry, logLevel } from 'kafkajs';

/** What a client needs to reach the cluster. */
export interface KafkaAddress {
  servers: string[];
  clientId: string;
}

const logger = new Logger('kafkajs');

/** Small requests must not wait for the answers to earlier ones, so the sockets send at once. */
const socketFactory: ISocketFactory = ({ host, port, onConnect }) => {
  const socket = connect({ host, port }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  return socket;
};

/** The transport itself says what stands still and why; what kafkajs adds is for a closer look only. */
function quietLog({ namespace, log }: LogEntry): void {
  logger.debug({ event: 'kafkajs', namespace, message: log.message });
}

/** Options of every client: short attempts, since the callers try again without a limit and say so. */
export function clientOptions({ servers, clientId }: KafkaAddress) {
  return {
    clientId,
    brokers: servers,
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    logLevel: logLevel.WARN,
    logCreator: () => quietLog,
    socketFactory,
  };
}

export function newKafka(address: KafkaAddress): Kafka {
  return new Kafka(clientOptions(address));
}

const AWAY = ['KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSNoBrokerAvailableError', 'KafkaJSRequestTimeoutError', 'KafkaJSBrokerNotFound'];

/** Why nothing goes on, in words for health. */
export function reasonOf(thrown: unknown, { servers }: KafkaAddress): string {
  const kinds = errorKinds(thrown);
  if (AWAY.some((kind) => kinds.includes(kind))) return `no broker answers at ${servers.join(', ')}`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Kinds of an error and of its causes, the outermost first: the protocol's type (`UNKNOWN_TOPIC_OR_PARTITION`) or the error's name. */
export function errorKinds(thrown: unknown): string[] {
  const kinds: string[] = [];
  for (let error: unknown = thrown; error instanceof Error && kinds.length < 10; error = error.cause) {
    if ('type' in error && typeof error.type === 'string') kinds.push(error.type);
    kinds.push(error.name);
  }
  return kinds;
}
