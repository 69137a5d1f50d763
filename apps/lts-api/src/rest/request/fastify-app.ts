import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** True for an application on Fastify, as every stage is. */
export function isFastify(app: INestApplication): app is NestFastifyApplication {
  return app.getHttpAdapter() instanceof FastifyAdapter;
}
