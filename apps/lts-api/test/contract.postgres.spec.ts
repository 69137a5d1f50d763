import { describeWithPostgres } from '@lts/testing';
import { describeContract } from './contract-suite.js';
import { describeImport } from './import-suite.js';

describeWithPostgres('lts-api on a PostgreSQL server', (server) => {
  describeContract(() => server().newDatabase());
  describeImport(() => server().newDatabase());
});
