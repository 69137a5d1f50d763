import { Module } from '@nestjs/common';
import { FeedIntakeModule } from '@lts/feed-intake';
import { WsListenerEnv } from './env.js';
import { WsListenerService } from './ws-listener.service.js';

/** Root module of the ws-listener. */
@Module({
  imports: [FeedIntakeModule.forStage(WsListenerEnv)],
  providers: [WsListenerService],
  exports: [WsListenerService],
})
export class WsListenerModule {}
