import { afterAll, beforeAll, describe } from '@jest/globals';
import { environmentValue } from '@lts/env';
import { type PostgresServer, canRunPostgres, startPostgres } from './postgres-server.js';

const START_LIMIT_MS = 60_000;

/**
 * A suite that needs PostgreSQL, started before it and stopped after it. Where none is installed it is skipped, visibly,
 * except where `CI` is set: there its absence fails the suite.
 */
export function describeWithPostgres(name: string, suite: (server: () => PostgresServer) => void): void {
  if (!canRunPostgres()) {
    if (environmentValue('CI') !== undefined) throw new Error(`${name}: no PostgreSQL server, install the package postgresql`);
    describe.skip(`${name} (no PostgreSQL server installed)`, () => suite(unstarted));
    return;
  }
  describe(name, () => {
    const started: PostgresServer[] = [];
    beforeAll(async () => {
      const server = await startPostgres();
      if (server !== null) started.push(server);
    }, START_LIMIT_MS);
    afterAll(() => {
      for (const server of started) server.stop();
    }, START_LIMIT_MS);
    suite(() => started[0] ?? unstarted());
  });
}

function unstarted(): never {
  throw new Error('The server has not been started yet.');
}
