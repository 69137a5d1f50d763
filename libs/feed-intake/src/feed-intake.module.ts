import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { InitLockModule, WATERMARK_SOURCE } from '@lts/init-lock';
import { PROVIDERS, type TimingProvider } from '@lts/timing-providers';
import { ApiWatermarks } from './api-watermarks.js';
import { FeedIntake } from './feed-intake.service.js';
import { INTAKE_PARTS, type IntakeEnv, type IntakeParts, type IntakeSettings } from './intake-settings.js';
import { NotificationsController } from './notifications.controller.js';

@Module({})
class WatermarksModule {}

/** Gives a listener its `FeedIntake`, the lock behind it, and the handler of the notifications that open the lock. */
@Module({})
export class FeedIntakeModule {
  /**
   * @param env class of the stage's settings
   * @param providers whose feeds may come
   */
  static forStage(env: Type<IntakeEnv & IntakeSettings>, providers: readonly TimingProvider[] = PROVIDERS): DynamicModule {
    const watermarks: DynamicModule = {
      module: WatermarksModule,
      providers: [{ provide: ApiWatermarks, inject: [env], useFactory: (settings: IntakeEnv) => new ApiWatermarks(settings) }],
      exports: [ApiWatermarks],
    };
    return {
      module: FeedIntakeModule,
      imports: [watermarks, InitLockModule.forRoot({ provide: WATERMARK_SOURCE, useExisting: ApiWatermarks }, [watermarks])],
      providers: [{ provide: INTAKE_PARTS, inject: [env], useFactory: (settings: IntakeSettings): IntakeParts => ({ settings, providers }) }, FeedIntake],
      controllers: [NotificationsController],
      exports: [FeedIntake],
    };
  }
}
