import { connect } from 'node:net';
import { Kafka, logLevel } from 'kafkajs';
import { nowMs } from './paced-circuit.mjs';

/** A reader beside the stages, which notes when each message of a topic could be read. */
export class Tap {
  /** `{atMs, value}` of each message, in order. */
  messages = [];
  #consumer;

  async open(servers, topic) {
    const socketFactory = ({ host, port, onConnect }) => connect({ host, port }).setNoDelay(true).once('connect', onConnect);
    this.#consumer = new Kafka({ brokers: servers.split(','), logLevel: logLevel.NOTHING, socketFactory }).consumer({ groupId: `bench-tap-${topic}-${Date.now()}`, maxWaitTimeInMs: 100 });
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [topic], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        const atMs = nowMs();
        for (const { value } of batch.messages) this.messages.push({ atMs, value: JSON.parse(value.toString()) });
        return Promise.resolve();
      },
    });
    return this;
  }

  close() {
    return this.#consumer.disconnect();
  }
}
