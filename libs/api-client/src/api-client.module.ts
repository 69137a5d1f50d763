import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { ApiAccess } from './api-access.js';
import { LtsApiClient } from './lts-api-client.js';

/** Gives a stage its `LtsApiClient`. */
@Module({})
export class ApiClientModule {
  /** @param env class of the stage's settings */
  static forStage(env: Type<ApiAccess>): DynamicModule {
    return {
      module: ApiClientModule,
      providers: [{ provide: LtsApiClient, inject: [env], useFactory: (access: ApiAccess) => new LtsApiClient(access) }],
      exports: [LtsApiClient],
    };
  }
}
