export { InitLockModule } from './init-lock.module.js';
export { InitLockService, WATERMARK_SOURCE } from './init-lock.service.js';
export type { ClosedLock, WatermarkSource } from './init-lock.service.js';
