import type { INestApplication } from '@nestjs/common';
import type { Stage } from '@lts/bootstrap';
import { LtsApiEnv } from './env.js';
import { LtsApiModule } from './lts-api.module.js';
import { BodyPipe } from './rest/request/body.pipe.js';
import { acceptBodies } from './rest/request/content.js';
import { rememberRoutes } from './rest/request/known-routes.js';
import { servePage } from './serve-page.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function prepare(app: INestApplication, env: Readonly<LtsApiEnv>): void {
  rememberRoutes(app);
  acceptBodies(app);
  app.useGlobalPipes(new BodyPipe());
  app.enableCors({ origin: true, credentials: true, methods: METHODS });
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
