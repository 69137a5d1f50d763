import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeAccess } from './contract/access-suite.js';
import { describeAuth } from './contract/auth-suite.js';
import { describeCompetitions } from './contract/competitions-suite.js';
import { describeDifferences } from './contract/differences-suite.js';
import { describeMetadata } from './contract/metadata-suite.js';
import { describeParticipants } from './contract/participants-suite.js';
import { describeTiming } from './contract/timing-suite.js';
import { describePositions } from './contract/positions-suite.js';
import { describePits } from './contract/pits-suite.js';
import { describeStrategy } from './contract/strategy-suite.js';
import { describePublicRead } from './contract/public-read-suite.js';
import { describeRequests } from './contract/requests-suite.js';
import { StartedApi } from './started-api.js';

const LIMIT_MS = 60_000;

/** The original's contract, and what is deliberately different, the same on every database. */
export function describeContract(database: () => string | null): void {
  describe('the contract', () => {
    let started: StartedApi | undefined;
    const api = (): StartedApi => {
      if (started === undefined) throw new Error('The API has not been started yet.');
      return started;
    };

    beforeAll(async () => {
      started = await StartedApi.start(database());
    }, LIMIT_MS);
    afterAll(() => started?.stop());

    describeAccess(api);
    describeAuth(api);
    describeCompetitions(api);
    describeMetadata(api);
    describeParticipants(api);
    describeTiming(api);
    describePositions(api);
    describePits(api);
    describeStrategy(api);
    describeRequests(api);
    describeDifferences(api);
    describePublicRead(database);
  });
}
