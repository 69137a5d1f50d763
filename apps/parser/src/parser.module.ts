import { Inject, Module } from '@nestjs/common';
import { ApiClientModule, LtsApiClient } from '@lts/api-client';
import { StageHealth } from '@lts/bootstrap';
import { InitLockModule, InitLockService, WATERMARK_SOURCE } from '@lts/init-lock';
import { ParserEnv } from './env.js';
import { NotificationsController } from './notifications.controller.js';
import { ParserService } from './parser.service.js';
import { RawMessageController } from './raw-message.controller.js';

const apiClient = ApiClientModule.forStage(ParserEnv);

@Module({
  imports: [apiClient, InitLockModule.forRoot({ provide: WATERMARK_SOURCE, useExisting: LtsApiClient }, [apiClient])],
  controllers: [NotificationsController, RawMessageController],
  providers: [ParserService],
})
export class ParserModule {
  constructor(@Inject(ParserService) parser: ParserService, @Inject(InitLockService) lock: InitLockService, @Inject(StageHealth) health: StageHealth) {
    health.add('parser', () => ({ ready: true, competitions: parser.competitionCount, partial: parser.partialCompetitions, closedLocks: lock.state(), ...parser.counts }));
    for (const name of ['frames', 'lines', 'actions', 'unknown'] as const) health.count(`lts_${name}_total`, () => parser.counts[name]);
  }
}
