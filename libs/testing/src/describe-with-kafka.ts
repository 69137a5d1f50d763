import { afterAll, beforeAll, describe } from '@jest/globals';
import { environmentValue } from '@lts/env';
import { type KafkaBroker, type KafkaBrokerOptions, START_LIMIT_MS, namedBrokers, startKafkaBroker } from './kafka-broker.js';
import { canRunKafka } from './kafka-jars.js';

/**
 * A suite that needs a broker, started before it and stopped after it. Where none can be had it is skipped, visibly,
 * except where `CI` is set: there its absence fails the suite.
 */
export function describeWithKafka(name: string, suite: (broker: () => KafkaBroker) => void, options: KafkaBrokerOptions = {}): void {
  if (namedBrokers(options) === null && !canRunKafka()) {
    if (environmentValue('CI') !== undefined) throw new Error(`${name}: no broker, set KAFKA_SERVERS or install Java and Maven`);
    describe.skip(`${name} (no broker: set KAFKA_SERVERS, or install Java and Maven)`, () => suite(unstarted));
    return;
  }
  describe(name, () => {
    const started: KafkaBroker[] = [];
    beforeAll(async () => void started.push(await startKafkaBroker(options)), START_LIMIT_MS * 3);
    afterAll(async () => {
      for (const broker of started) await broker.stop();
    }, START_LIMIT_MS);
    suite(() => started[0] ?? unstarted());
  });
}

function unstarted(): never {
  throw new Error('The broker has not been started yet.');
}
