import { ConsoleLogger, type LogLevel } from '@nestjs/common';

const LEVELS: readonly LogLevel[][] = [
  [],
  ['fatal', 'error', 'warn', 'log', 'debug'],
  ['fatal', 'error', 'warn', 'log'],
  ['fatal', 'error', 'warn'],
  ['fatal', 'error'],
  ['fatal'],
];

/** Lines of Nest itself that say nothing an operator needs at the level info. */
const NEST_CHATTER: ReadonlySet<string> = new Set(['InstanceLoader', 'NestFactory', 'RoutesResolver', 'RouterExplorer', 'NestApplication', 'NestMicroservice']);

/**
 * Structured log of a stage: one JSON object a line on stderr, at the level `verbosity` asks for
 * (0 silent, 1 debug, 2 info, 3 warning, 4 error, 5 critical). stdout stays free for what a command promises.
 */
export class StageLogger extends ConsoleLogger {
  constructor(
    private readonly stageName: string,
    private readonly verbosity: number,
  ) {
    super({ json: true, colors: false, logLevels: LEVELS[verbosity] ?? [] });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (this.verbosity > 1 && typeof context === 'string' && NEST_CHATTER.has(context)) return;
    super.log(message, ...rest);
  }

  /** What Nest itself throws at a start is explained once, by whoever catches it. */
  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) !== 'NestApplication') super.error(message, ...rest);
  }

  protected override printAsJson(message: unknown, options: { context: string; logLevel: LogLevel; errorStack?: unknown }): void {
    const fields = typeof message === 'object' && message !== null ? message : { event: message };
    const line = { time: new Date().toISOString(), level: options.logLevel === 'log' ? 'info' : options.logLevel, stage: this.stageName, context: options.context, ...fields };
    const stack = options.errorStack === undefined ? {} : { stack: options.errorStack };
    process.stderr.write(`${JSON.stringify({ ...line, ...stack })}\n`);
  }
}
