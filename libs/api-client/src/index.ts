export type { ApiAccess } from './api-access.js';
export type { ApiCompetition, NewCompetition, ParserSetting } from './answers.js';
export { ApiClientModule } from './api-client.module.js';
export { ApiRejection } from './api-rejection.js';
export { LtsApiClient } from './lts-api-client.js';
