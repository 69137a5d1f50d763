import { type DynamicModule, Module } from '@nestjs/common';
import { FeedIntakeModule } from '@lts/feed-intake';
import type { TimingProvider } from '@lts/timing-providers';
import { WsListenerEnv } from './env.js';
import { LISTENED_PROVIDERS, WsListenerService } from './ws-listener.service.js';

/** Root module of the ws-listener. */
@Module({})
export class WsListenerModule {
  /** @param providers whose feeds are listened to */
  static with(providers: readonly TimingProvider[]): DynamicModule {
    return {
      module: WsListenerModule,
      imports: [FeedIntakeModule.forStage(WsListenerEnv, providers)],
      providers: [{ provide: LISTENED_PROVIDERS, useValue: providers }, WsListenerService],
      exports: [WsListenerService],
    };
  }
}
