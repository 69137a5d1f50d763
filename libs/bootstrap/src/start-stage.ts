import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { PipelineError, hasSystemCode } from '@lts/contracts';
import type { AppEnv } from '@lts/env';
import { type Transport, connectConsumer } from '@lts/messaging';
import type { RunningStage, Stage } from './stage.js';
import { StageLogger } from './stage-logger.js';
import { StageRootModule } from './stage-root.module.js';

/** A name of 255 characters, each percent-encoded as four bytes, in a path. */
const LONGEST_SEGMENT = 255 * 12 + 1;

export interface StageParts<Env> {
  env: Readonly<Env>;
  transport: Transport;
  positionals?: readonly string[];
  /** Name of the process in its log, the stage's own when not given: stages of one process share Nest's one logger. */
  processName?: string;
}

/**
 * Starts a stage: its Nest application, its consumers, its HTTP server.
 *
 * @throws PipelineError `LTS_PORT_IN_USE` when its port is taken, `LTS_CONFIGURATION` when its address is not this machine's
 */
export async function startStage<Env extends AppEnv>(stage: Stage<Env>, parts: StageParts<Env>): Promise<RunningStage> {
  const { env, transport } = parts;
  const root = StageRootModule.forStage(stage, { env, transport, positionals: parts.positionals ?? [] });
  const app = await NestFactory.create(root, new FastifyAdapter({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true, routerOptions: { maxParamLength: LONGEST_SEGMENT, ignoreTrailingSlash: true } }), {
    logger: new StageLogger(parts.processName ?? stage.name, env.verbosity),
    abortOnError: false,
    forceCloseConnections: true,
  });
  for (const consumer of stage.consumers(env)) connectConsumer(app, transport.consumer(consumer));
  await stage.prepare?.(app, env);
  const running = runningStage(stage.name, app);
  try {
    await app.init();
    await app.startAllMicroservices();
    await listen(app, stage, env);
  } catch (error) {
    await running.stop().catch(() => undefined);
    throw error;
  }
  return running;
}

async function listen<Env extends AppEnv>(app: INestApplication, stage: Stage<Env>, env: Readonly<Env>): Promise<void> {
  const address = stage.http?.(env) ?? { host: env.healthHost, port: env.healthPort };
  if (stage.http === undefined && address.port === 0) return;
  try {
    await app.listen(address.port, address.host);
  } catch (error) {
    if (!hasSystemCode(error, 'EADDRINUSE')) throw new PipelineError('LTS_CONFIGURATION', `Nothing can listen on ${address.host}:${address.port} (${error instanceof Error ? error.message : String(error)}). Give an address of this machine.`, { cause: error });
    throw new PipelineError('LTS_PORT_IN_USE', `Port ${address.port} of ${address.host} is already in use (by another instance?). Stop that program or choose another port.`, { cause: error });
  }
}

function runningStage(name: string, app: INestApplication): RunningStage {
  let stopping: Promise<void> | undefined;
  return {
    name,
    app,
    stop: () => (stopping ??= app.close()),
  };
}
