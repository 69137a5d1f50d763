import { type DynamicModule, Global, Module } from '@nestjs/common';
import { type AppEnv, EnvModule } from '@lts/env';
import { MessagingModule, type Transport } from '@lts/messaging';
import { HealthController } from './health.controller.js';
import { POSITIONALS, type Stage } from './stage.js';
import { StageHealth } from './stage-health.js';

/** What every stage has around its own module: settings, transport, health. */
@Global()
@Module({})
export class StageRootModule {
  static forStage<Env extends AppEnv>(stage: Stage<Env>, parts: { env: Readonly<Env>; transport: Transport; positionals: readonly string[] }): DynamicModule {
    return {
      module: StageRootModule,
      global: true,
      imports: [EnvModule.forRoot(stage.env, parts.env), MessagingModule.forRoot(parts.transport), stage.module],
      controllers: [HealthController],
      providers: [StageHealth, { provide: POSITIONALS, useValue: parts.positionals }],
      exports: [StageHealth, POSITIONALS],
    };
  }
}
