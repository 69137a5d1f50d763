export { RawStorageEnv } from './env.js';
export { RawStorageService } from './raw-storage.service.js';
export { rawStorageStage } from './stage.js';
