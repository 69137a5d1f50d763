import { describe } from '@jest/globals';
import { describeContract } from './contract-suite.js';
import { describeImport } from './import-suite.js';

describe('lts-api on the built-in database', () => {
  describeContract(() => null);
  describeImport(() => null);
});
