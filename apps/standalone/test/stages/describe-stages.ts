import { afterAll } from '@jest/globals';
import { type KafkaBroker, type PostgresServer, describeWithKafka, describeWithPostgres } from '@lts/testing';
import { ReplayingCircuit } from './replaying-circuit.js';
import { SeparateStages, type SeparateStagesOptions } from './separate-stages.js';

const END_LIMIT_MS = 60_000;

/** What a suite of stages as processes works with; all of it ends with the suite, however that ends. */
export interface StagesSurroundings {
  broker: () => KafkaBroker;
  /** Kills `the broker`, `PostgreSQL` or a process of the stages as a crash would, and starts it again after a while. */
  killAndStart: (stages: SeparateStages, name: string, deadMs: number) => Promise<void>;
  /** Starts the stages on an empty database; those started before are ended first. */
  start: (options: Omit<SeparateStagesOptions, 'servers' | 'databaseUrl'>) => Promise<SeparateStages>;
  /** Opens circuits with these frames. */
  open: (races: Readonly<Record<string, readonly string[]>>) => Promise<ReplayingCircuit>;
}

/** A suite with a broker and a PostgreSQL server of its own; skipped visibly where they cannot be had. */
export function describeStages(name: string, suite: (surroundings: StagesSurroundings) => void): void {
  describeWithKafka(
    name,
    (broker) => {
      describeWithPostgres('on Kafka and PostgreSQL', (server) => {
        const started: SeparateStages[] = [];
        const opened: ReplayingCircuit[] = [];
        const endStages = async (): Promise<void> => {
          for (const stages of started.splice(0)) await stages.end();
        };
        afterAll(async () => {
          await endStages();
          for (const circuit of opened) await circuit.close();
        }, END_LIMIT_MS);
        suite({
          broker,
          killAndStart: (stages, name, deadMs) => killAndStart(mortal(name, { broker: broker(), server: server(), stages }), deadMs),
          start: async (options) => {
            await endStages();
            const stages = new SeparateStages({ ...options, servers: broker().servers, databaseUrl: server().newDatabase() });
            started.push(stages);
            await stages.start();
            return stages;
          },
          open: async (races) => {
            const circuit = await ReplayingCircuit.open(races);
            opened.push(circuit);
            return circuit;
          },
        });
      });
    },
    { own: true },
  );
}

/** What can be killed and started again. */
interface Mortal {
  kill: () => Promise<void> | void;
  startAgain: () => Promise<void> | void;
}

function mortal(name: string, { broker, server, stages }: { broker: KafkaBroker; server: PostgresServer; stages: SeparateStages }): Mortal {
  if (name === 'PostgreSQL') return { kill: () => server.kill(), startAgain: () => server.startAgain() };
  if (name !== 'the broker') return { kill: () => stages.process(name).kill(), startAgain: () => stages.process(name).start() };
  if (broker.kill === null) throw new Error('This broker is not ours.');
  return { kill: broker.kill, startAgain: broker.startAgain };
}

async function killAndStart({ kill, startAgain }: Mortal, deadMs: number): Promise<void> {
  await kill();
  await new Promise((resume) => setTimeout(resume, deadMs));
  await startAgain();
}
