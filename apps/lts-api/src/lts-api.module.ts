import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AuthController } from './auth/auth.controller.js';
import { AuthGuard } from './auth/auth.guard.js';
import { AuthService } from './auth/auth.service.js';
import { databaseProviders } from './database/database.provider.js';
import { ChangeFeed } from './engine/change-feed.js';
import { EngineService } from './engine/engine.service.js';
import { LiveController } from './live/live.controller.js';
import { LiveService } from './live/live.service.js';
import { BatchController } from './rest/batch.controller.js';
import { References } from './rest/competition-reference.js';
import { CompetitionsController } from './rest/competitions.controller.js';
import { DirectWrites } from './rest/direct-writes.js';
import { DriversController } from './rest/drivers.controller.js';
import { ErrorFilter } from './rest/error.filter.js';
import { PitsController } from './rest/pits.controller.js';
import { RaceReadsController } from './rest/race-reads.controller.js';
import { RaceState } from './rest/race-state.js';
import { RaceStateController } from './rest/race-state.controller.js';
import { RaceWritesController } from './rest/race-writes.controller.js';

@Module({
  controllers: [AuthController, BatchController, CompetitionsController, DriversController, LiveController, PitsController, RaceReadsController, RaceStateController, RaceWritesController],
  providers: [
    ...databaseProviders,
    AuthService,
    AuthGuard,
    ChangeFeed,
    DirectWrites,
    EngineService,
    LiveService,
    RaceState,
    References,
    { provide: APP_GUARD, useExisting: AuthGuard },
    { provide: APP_FILTER, inject: [AuthGuard], useFactory: (guard: AuthGuard) => new ErrorFilter(guard) },
  ],
})
export class LtsApiModule {}
