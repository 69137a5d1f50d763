import { type INestApplication, ValidationPipe } from '@nestjs/common';
import type { Stage } from '@lts/bootstrap';
import { LtsApiEnv } from './env.js';
import { LtsApiModule } from './lts-api.module.js';
import { servePage } from './serve-page.js';

function prepare(app: INestApplication, env: Readonly<LtsApiEnv>): void {
  app.useGlobalPipes(new ValidationPipe({ transform: true, transformOptions: { enableImplicitConversion: false } }));
  app.enableCors({ origin: '*' });
  if (env.webPath !== undefined) servePage(app, env.webPath);
}

/** lts-api: the REST API, the live stream, the database and the page. */
export const ltsApiStage: Stage<LtsApiEnv> = {
  name: 'lts-api',
  env: LtsApiEnv,
  module: LtsApiModule,
  consumers: () => [],
  http: (env) => ({ host: env.apiHost, port: env.apiPort }),
  prepare,
};
