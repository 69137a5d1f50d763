import { consume, kafkaOf, producerOf, settings } from './consume.mjs';

/** Sends as many records of as many bytes as the parser does, without looking into the messages. */
const asked = settings();
const share = Number(asked.records_share);
const value = Buffer.alloc(Number(asked.record_bytes), 'x');
const headers = { 'lts-version': '1', 'lts-kind': 'standard' };
const kafka = kafkaOf(asked);
const producer = await producerOf(kafka);
let owed = 0;

await consume(kafka, asked, async (competition, messages) => {
  owed += messages.length * share;
  const records = Array.from({ length: Math.floor(owed) }, () => ({ key: competition, value, headers }));
  owed -= records.length;
  if (records.length > 0) await producer.send({ topic: asked.kafka_produce, messages: records });
});
