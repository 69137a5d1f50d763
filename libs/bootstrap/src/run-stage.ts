import { PipelineError } from '@lts/contracts';
import { type AppEnv, EnvFaults, HelpAsked, readEnv } from '@lts/env';
import type { Transport } from '@lts/messaging';
import type { Stage } from './stage.js';
import { startStage } from './start-stage.js';

const STOP_LIMIT_MS = 5_000;

/**
 * The whole of a `main.ts`: reads the settings, starts the stage on the transport that `transportFor` gives,
 * ends it on SIGINT and SIGTERM within five seconds.
 */
export async function runStage<Env extends AppEnv>(stage: Stage<Env>, transportFor: (env: Readonly<Env>, stage: string) => Transport): Promise<void> {
  await orExplain(async () => {
    const { env, positionals } = readEnv(stage.env, { takesPositionals: stage.takesPositionals ?? false });
    const transport = transportFor(env, stage.name);
    const running = await startStage(stage, { env, transport, positionals });
    onStopSignal(async () => {
      await running.stop();
      await transport.close();
    });
  });
}

/** Runs `work`; what goes wrong becomes one clear sentence on stderr and a non-zero exit, `--help` its text on stdout. */
export async function orExplain(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof HelpAsked) {
      process.stdout.write(error.message);
      return;
    }
    process.stderr.write(`${sentence(error)}\n`);
    process.exit(1);
  }
}

function sentence(error: unknown): string {
  if (error instanceof EnvFaults || error instanceof PipelineError || isSystemError(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What the operating system refuses (an address, a folder) is a matter of the settings, not of the code. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** Calls `stop` once on SIGINT or SIGTERM, then ends the process with `exitCode`; a stop that hangs is cut after five seconds. */
export function onStopSignal(stop: () => Promise<void>, exitCode = 0): void {
  const end = (): void => {
    process.removeListener('SIGINT', end);
    process.removeListener('SIGTERM', end);
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        process.stderr.write(`${sentence(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}
