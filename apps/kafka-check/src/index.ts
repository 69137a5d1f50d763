export { KafkaCheckEnv } from './env.js';
export { KafkaCheckService } from './kafka-check.service.js';
export { kafkaCheckStage } from './stage.js';
