import { type DynamicModule, Inject, Module } from '@nestjs/common';
import { ApiClientModule, LtsApiClient } from '@lts/api-client';
import { StageHealth } from '@lts/bootstrap';
import { InitLockModule, InitLockService, WATERMARK_SOURCE } from '@lts/init-lock';
import type { TimingProvider } from '@lts/timing-providers';
import { ParserEnv } from './env.js';
import { NotificationsController } from './notifications.controller.js';
import { ParserService } from './parser.service.js';
import { PARSER_PARTS, type ParserParts } from './parser-parts.js';
import { RawMessageController } from './raw-message.controller.js';

const apiClient = ApiClientModule.forStage(ParserEnv);

@Module({
  imports: [apiClient, InitLockModule.forRoot({ provide: WATERMARK_SOURCE, useExisting: LtsApiClient }, [apiClient])],
  controllers: [NotificationsController, RawMessageController],
  providers: [ParserService],
})
export class ParserModule {
  /** @param providers whose feeds may come */
  static with(providers: readonly TimingProvider[]): DynamicModule {
    return { module: ParserModule, providers: [{ provide: PARSER_PARTS, inject: [ParserEnv], useFactory: (env: ParserEnv): ParserParts => ({ env, providers }) }] };
  }

  constructor(@Inject(ParserService) parser: ParserService, @Inject(InitLockService) lock: InitLockService, @Inject(StageHealth) health: StageHealth) {
    health.add('parser', () => ({ ready: true, competitions: parser.competitionCount, partial: parser.partialCompetitions, closedLocks: lock.state(), ...parser.counts }));
    for (const name of ['frames', 'lines', 'actions', 'unknown'] as const) health.count(`lts_${name}_total`, () => parser.counts[name]);
  }
}
