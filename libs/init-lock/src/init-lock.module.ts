import { type DynamicModule, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import { InitLockService, WATERMARK_SOURCE } from './init-lock.service.js';

/** Gives a stage its `InitLockService`; `source` provides the token `WATERMARK_SOURCE`. */
@Module({})
export class InitLockModule {
  static forRoot(source: Provider & { provide: typeof WATERMARK_SOURCE }, imports: NonNullable<ModuleMetadata['imports']> = []): DynamicModule {
    return { module: InitLockModule, imports, providers: [source, InitLockService], exports: [InitLockService] };
  }
}
