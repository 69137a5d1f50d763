import { afterAll } from '@jest/globals';
import { type KafkaBroker, type PostgresServer, describeWithKafka, describeWithPostgres } from '@lts/testing';
import { ReplayingCircuit } from './replaying-circuit.js';
import { SeparateStages, type SeparateStagesOptions } from './separate-stages.js';

const END_LIMIT_MS = 60_000;

/** What a suite of stages as processes works with; all of it ends with the suite, however that ends. */
export interface StagesSurroundings {
  broker: () => KafkaBroker;
  server: () => PostgresServer;
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
          server,
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
