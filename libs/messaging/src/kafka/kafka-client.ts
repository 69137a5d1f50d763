import { type Socket, connect, isIP } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { Logger } from '@nestjs/common';
import { type ISocketFactory, Kafka, type LogEntry, logLevel } from 'kafkajs';
import type { KafkaAddress } from './kafka-address.js';

const logger = new Logger('kafkajs');

/** Opens a connection that sends at once: small requests must not wait for the answers to earlier ones. */
export function openSocket(host: string, port: number, tls: ConnectionOptions | undefined): Socket {
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = tls === undefined ? connect({ host, port }) : connectTls({ host, port, ...name, ...tls });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  return socket;
}

function socketFactoryFor(tls: ConnectionOptions | undefined): ISocketFactory {
  return ({ host, port, onConnect }) => openSocket(host, port, tls).once(tls === undefined ? 'connect' : 'secureConnect', onConnect);
}

/** The transport itself says what stands still and why; what kafkajs adds is for a closer look only. */
function quietLog({ namespace, log }: LogEntry): void {
  logger.debug({ event: 'kafkajs', namespace, message: log.message });
}

/** Options of every client: short attempts, since the callers try again without a limit and say so. */
export function clientOptions({ servers, clientId, tls, sasl }: KafkaAddress) {
  return {
    clientId,
    brokers: servers,
    ...(tls === undefined ? {} : { ssl: tls }),
    ...(sasl === undefined ? {} : { sasl }),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    logLevel: logLevel.WARN,
    logCreator: () => quietLog,
    socketFactory: socketFactoryFor(tls),
  };
}

export function newKafka(address: KafkaAddress): Kafka {
  return new Kafka(clientOptions(address));
}
