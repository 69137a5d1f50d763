import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import type { AppEnv } from '@lts/env';
import type { ConsumerOptions } from '@lts/messaging';

/** One app of the pipeline, as its own process or inside another one. */
export interface Stage<Env extends AppEnv> {
  /** Name of the app, e.g. `parser`. */
  name: string;
  env: Type<Env>;
  /** Root module of the stage; it may inject `Env`, `Publisher` and `StageHealth`. */
  module: Type<unknown> | DynamicModule;
  /** What it consumes; a stage without consumers gives none. */
  consumers: (env: Readonly<Env>) => ConsumerOptions[];
  /** The app takes arguments without a name, which reach it through the token `POSITIONALS`. */
  takesPositionals?: boolean;
  /** Address of the app's own HTTP server; without it only the health port is opened. */
  http?: (env: Readonly<Env>) => { host: string; port: number };
  /** Last changes to the Nest application before it starts (an API's pipes, documentation). */
  prepare?: (app: INestApplication, env: Readonly<Env>) => Promise<void> | void;
}

/** A started stage. */
export interface RunningStage {
  readonly name: string;
  readonly app: INestApplication;
  /** Finishes what runs, then ends; safe to call twice. */
  stop(): Promise<void>;
}

/** Injection token of the arguments without a name, in order. */
export const POSITIONALS = Symbol('positionals');
