import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { InitLockModule, WATERMARK_SOURCE } from '@lts/init-lock';
import { ApiWatermarks } from './api-watermarks.js';
import { FeedIntake } from './feed-intake.service.js';
import { INTAKE_SETTINGS, type IntakeEnv, type IntakeSettings } from './intake-settings.js';
import { NotificationsController } from './notifications.controller.js';

@Module({})
class WatermarksModule {}

/** Gives a listener its `FeedIntake`, the lock behind it, and the handler of the notifications that open the lock. */
@Module({})
export class FeedIntakeModule {
  /** @param env class of the stage's settings */
  static forStage(env: Type<IntakeEnv & IntakeSettings>): DynamicModule {
    const watermarks: DynamicModule = {
      module: WatermarksModule,
      providers: [{ provide: ApiWatermarks, inject: [env], useFactory: (settings: IntakeEnv) => new ApiWatermarks(settings) }],
      exports: [ApiWatermarks],
    };
    return {
      module: FeedIntakeModule,
      imports: [watermarks, InitLockModule.forRoot({ provide: WATERMARK_SOURCE, useExisting: ApiWatermarks }, [watermarks])],
      providers: [{ provide: INTAKE_SETTINGS, useExisting: env }, FeedIntake],
      controllers: [NotificationsController],
      exports: [FeedIntake],
    };
  }
}
