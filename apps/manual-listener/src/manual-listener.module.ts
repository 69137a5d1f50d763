import { Module } from '@nestjs/common';
import { FeedIntakeModule } from '@lts/feed-intake';
import { ManualListenerEnv } from './env.js';
import { ManualListenerService } from './manual-listener.service.js';

/** Root module of the manual-listener. */
@Module({
  imports: [FeedIntakeModule.forStage(ManualListenerEnv)],
  providers: [ManualListenerService],
  exports: [ManualListenerService],
})
export class ManualListenerModule {}
