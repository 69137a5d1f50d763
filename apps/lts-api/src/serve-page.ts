import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { PipelineError } from '@lts/contracts';

/**
 * Serves the built page at `/`.
 *
 * @throws PipelineError `LTS_CONFIGURATION` when the folder holds no page
 */
export function servePage(app: INestApplication, folder: string): void {
  if (!existsSync(join(folder, 'index.html'))) throw new PipelineError('LTS_CONFIGURATION', `There is no page in ${folder}. Build it (npx nx build web), or leave --web_path out.`);
  const adapter = app.getHttpAdapter();
  if (!(adapter instanceof FastifyAdapter)) throw new PipelineError('LTS_CONFIGURATION', 'The page needs the Fastify adapter.');
  adapter.useStaticAssets({ root: resolve(folder), wildcard: false });
}
