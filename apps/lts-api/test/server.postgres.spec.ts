import { describeWithPostgres } from '@lts/testing';
import { describeBatches } from './batch-suite.js';
import { describeContract } from './contract-suite.js';
import { describeLive } from './live-suite.js';

describeWithPostgres('lts-api on a PostgreSQL server', (server) => {
  describeBatches(() => server().newDatabase());
  describeContract(() => server().newDatabase());
  describeLive(() => server().newDatabase());
});
