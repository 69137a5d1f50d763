import { type RunningStage, type Stage, StageHealth, startStage } from '@lts/bootstrap';
import type { AppEnv } from '@lts/env';
import type { EmbeddedBroker, Transport } from '@lts/messaging';

/** Limit of the time in which what is under way may reach the database at the end. */
const FLUSH_LIMIT_MS = 3_000;

interface Start<Env extends AppEnv> {
  stage: Stage<Env>;
  env: Readonly<Env>;
  transport: Transport;
  positionals?: readonly string[];
}

/** The stages of this process, in the order in which they were started; that of the way of a frame, backwards. */
export class StartedStages {
  private readonly running: RunningStage[] = [];
  private readonly transports: Transport[] = [];

  constructor(private readonly broker: EmbeddedBroker) {}

  /** @throws PipelineError what keeps the stage from starting */
  async start<Env extends AppEnv>({ stage, env, transport, positionals }: Start<Env>): Promise<RunningStage> {
    const running = await startStage(stage, { env, transport, processName: 'standalone', ...(positionals === undefined ? {} : { positionals }) });
    this.show(running, transport);
    this.running.push(running);
    this.transports.push(transport);
    return running;
  }

  /** Messages set apart for good since the start, by all stages. */
  get parkedCount(): number {
    return this.transports.reduce((sum, { parking }) => sum + parking.parkedCount, 0);
  }

  /** The first stage, which has the port, tells the health of all. */
  private show({ name, app }: RunningStage, transport: Transport): void {
    const [first] = this.running;
    if (first === undefined) return;
    const health = app.get(StageHealth);
    health.add('transport', () => ({ ...transport.health() }));
    first.app.get(StageHealth).include(name, health);
  }

  /** Ends the stage that was started last. */
  async stopLast(): Promise<void> {
    await this.running.pop()?.stop();
  }

  /** Ends the source first, lets what is under way reach the database, then ends the others. */
  async stop(): Promise<void> {
    await this.running.pop()?.stop();
    await Promise.race([this.broker.idle(), new Promise((resolve) => setTimeout(resolve, FLUSH_LIMIT_MS).unref())]);
    for (let stage = this.running.pop(); stage !== undefined; stage = this.running.pop()) await stage.stop();
    await this.broker.close();
  }
}
