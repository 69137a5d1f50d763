export { ApiSenderService } from './api-sender.service.js';
export type { ApiSenderCounts } from './api-sender.service.js';
export { ApiSenderEnv } from './env.js';
export { apiSenderStage } from './stage.js';
