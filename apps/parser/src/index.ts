export { ParserEnv } from './env.js';
export { ParserService } from './parser.service.js';
export type { ParserCounts } from './parser.service.js';
export { parserStage, parserStageWith } from './stage.js';
