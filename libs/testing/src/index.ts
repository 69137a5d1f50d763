export { describeWithRecordings, recordingsFolder } from './recordings-folder.js';
export { describeWithKafka, startKafkaBroker } from './kafka-broker.js';
export type { KafkaBroker } from './kafka-broker.js';
