import { describe } from '@jest/globals';
import { describeBatches } from './batch-suite.js';
import { describeLive } from './live-suite.js';

describe('lts-api on the built-in database', () => {
  describeBatches(() => null);
  describeLive(() => null);
});
