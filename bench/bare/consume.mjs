import { connect } from 'node:net';
import { Kafka, Partitioners, logLevel } from 'kafkajs';

/** `--name=value` arguments, as the stages take them. */
export function settings() {
  return Object.fromEntries(process.argv.slice(2).map((argument) => [argument.slice(2, argument.indexOf('=')), argument.slice(argument.indexOf('=') + 1)]));
}

export function kafkaOf({ kafka_servers: servers }) {
  const socketFactory = ({ host, port, onConnect }) => connect({ host, port }).setNoDelay(true).once('connect', onConnect);
  return new Kafka({ brokers: servers.split(','), logLevel: logLevel.NOTHING, socketFactory });
}

export async function producerOf(kafka) {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  return producer;
}

/**
 * kafkajs and nothing else: hands over the messages of each fetch by competition, at most 500 at once, and commits ten
 * times a second what was handled. With `--json=true` each message also becomes an object and a text again, which no
 * program that understands messages can do without. Ends at SIGTERM.
 */
export async function consume(kafka, { kafka_consume: topic, kafka_group: groupId, json }, handle) {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
  const due = new Map();
  const commit = async () => {
    const offsets = [...due].map(([partition, offset]) => ({ topic, partition, offset }));
    due.clear();
    if (offsets.length > 0) await consumer.commitOffsets(offsets);
  };
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 8,
    eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
      for (let from = 0; from < batch.messages.length; from += 500) {
        const chunk = batch.messages.slice(from, from + 500);
        for (const [competition, messages] of byCompetition(chunk)) {
          if (json === 'true') for (const { value } of messages) JSON.stringify(JSON.parse(value.toString()));
          await handle(competition, messages);
        }
        const last = chunk.at(-1).offset;
        resolveOffset(last);
        due.set(batch.partition, String(BigInt(last) + 1n));
        await heartbeat();
      }
    },
  });
  const timer = setInterval(() => void commit(), 100);
  process.once('SIGTERM', async () => {
    clearInterval(timer);
    await commit();
    await consumer.disconnect();
    process.exit(0);
  });
}

function byCompetition(messages) {
  const keyed = new Map();
  for (const message of messages) {
    const key = message.key.toString();
    const own = keyed.get(key);
    if (own === undefined) keyed.set(key, [message]);
    else own.push(message);
  }
  return keyed;
}
