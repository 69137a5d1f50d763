export { describeWithRecordings, recordingsFolder } from './recordings-folder.js';
export { describeWithKafka } from './describe-with-kafka.js';
export { startKafkaBroker } from './kafka-broker.js';
export type { BrokerUser, SecuredDoors } from './kafka-security.js';
export type { KafkaBroker } from './kafka-broker.js';
export { describeWithPostgres } from './describe-with-postgres.js';
export type { PostgresServer } from './postgres-server.js';
export { describeWithBrowser } from './browser.js';
export type { Browser, Page } from './browser.js';
