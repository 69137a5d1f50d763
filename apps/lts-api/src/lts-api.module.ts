import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AuthController } from './auth/auth.controller.js';
import { AuthGuard } from './auth/auth.guard.js';
import { AuthService } from './auth/auth.service.js';
import { KeyRing } from './auth/key-ring.js';
import { KeysController } from './auth/keys.controller.js';
import { databaseProviders } from './database/database.provider.js';
import { ChangeFeed } from './engine/change-feed.js';
import { EngineService } from './engine/engine.service.js';
import { ImportController } from './import/import.controller.js';
import { ImportService } from './import/import.service.js';
import { LiveController } from './live/live.controller.js';
import { LiveService } from './live/live.service.js';
import { References } from './rest/competition-reference.js';
import { CompetitionsController } from './rest/competitions/competitions.controller.js';
import { MetadataController } from './rest/competitions/metadata.controller.js';
import { ParserSettingsController } from './rest/competitions/parser-settings.controller.js';
import { TracksController } from './rest/competitions/tracks.controller.js';
import { DirectWrites } from './rest/direct-writes.js';
import { DriversController } from './rest/participants/drivers.controller.js';
import { TeamsController } from './rest/participants/teams.controller.js';
import { PitsInController } from './rest/pits/pits-in.controller.js';
import { PitsOutController } from './rest/pits/pits-out.controller.js';
import { BatchController } from './rest/race/batch.controller.js';
import { RaceReadsController } from './rest/race/race-reads.controller.js';
import { RaceState } from './rest/race-state.js';
import { ErrorFilter } from './rest/request/error.filter.js';
import { KnownRoutes } from './rest/request/known-routes.js';
import { StrategyController } from './rest/strategy/strategy.controller.js';
import { TimingReadsController } from './rest/timing/timing-reads.controller.js';
import { TimingWritesController } from './rest/timing/timing-writes.controller.js';

const COMPETITIONS = [CompetitionsController, MetadataController, ParserSettingsController, TracksController];
const RACE = [DriversController, PitsInController, PitsOutController, StrategyController, TeamsController, TimingReadsController, TimingWritesController];

@Module({
  controllers: [AuthController, KeysController, ImportController, BatchController, LiveController, RaceReadsController, ...COMPETITIONS, ...RACE],
  providers: [
    ...databaseProviders,
    AuthService,
    AuthGuard,
    ChangeFeed,
    DirectWrites,
    EngineService,
    ImportService,
    KeyRing,
    KnownRoutes,
    LiveService,
    RaceState,
    References,
    { provide: APP_GUARD, useExisting: AuthGuard },
    { provide: APP_FILTER, inject: [AuthGuard, KnownRoutes], useFactory: (guard: AuthGuard, routes: KnownRoutes) => new ErrorFilter(guard, routes) },
  ],
})
export class LtsApiModule {}
