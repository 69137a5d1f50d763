import { expect, it } from '@jest/globals';
import { describeWithKafka } from '@lts/testing';
import { check } from './run-check.js';

describeWithKafka('kafka-check', (broker) => {
  const servers = (): string[] => ['--kafka_servers', broker().servers.join(',')];

  it('sends messages with the producer and receives them with the consumer, with figures', async () => {
    broker().createTopic('test-topic');
    const consuming = check(...servers(), '--test_mode', 'consumer', '--count', '5');
    const produced = await check(...servers(), '--test_mode', 'producer', '--count', '5', '--interval_ms', '10');
    expect(produced).toMatchObject({ code: 0, stderr: '' });
    expect(produced.stdout).toMatch(/sent 5\n5 messages sent and acknowledged, [\d.]+ ms on average, [\d.]+ ms at most\n$/);
    const consumed = await consuming;
    expect(consumed).toMatchObject({ code: 0 });
    expect(consumed.stdout).toMatch(/received 5 \(partition \d, offset \d\) after \d+ ms\n5 messages received, /);
  }, 60_000);

  it('says where it listens before it shows what was there already', async () => {
    broker().createTopic('waiting-messages');
    const topic = ['--kafka_produce', 'waiting-messages', '--kafka_consume', 'waiting-messages', '--kafka_group', 'late-reader'];
    await check(...servers(), ...topic, '--test_mode', 'producer', '--count', '3', '--interval_ms', '0');
    const consumed = await check(...servers(), ...topic, '--test_mode', 'consumer', '--count', '3');
    expect(consumed.stdout).toMatch(/^listening on waiting-messages as late-reader\n(received \d .*\n){3}3 messages received, .*\n$/);
  }, 60_000);

  it('says in one sentence that the topic is missing', async () => {
    const ended = await check(...servers(), '--test_mode', 'producer', '--kafka_produce', 'no-such-topic', '--wait_ms', '2000');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^Kafka at .* takes no message for the topic no-such-topic within 2000 ms .*make the topic.*\n$/);
  }, 60_000);

  it.each(['consumer', 'producer'])('says in one sentence that no broker answers the %s', async (mode) => {
    const ended = await check('--kafka_servers', '127.0.0.1:1', '--test_mode', mode, '--wait_ms', '1500');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('Kafka at 127.0.0.1:1');
    expect(ended.stderr).toContain('Start the broker');
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  }, 60_000);

  it('sends messages around and says how many were lost or came twice, and how long they took', async () => {
    const ended = await check(...servers(), '--test_mode', 'roundtrip', '--count', '50', '--interval_ms', '2');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^50 sent, 50 received, 0 lost, 0 doubled, p50 [\d.]+ ms, p99 [\d.]+ ms\n$/);
  }, 60_000);

  it('fails a round trip whose messages do not come back', async () => {
    broker().createTopic('elsewhere');
    const ended = await check(...servers(), '--test_mode', 'roundtrip', '--count', '3', '--kafka_consume', 'elsewhere', '--wait_ms', '2000');
    expect(ended).toMatchObject({ code: 1, stdout: '3 sent, 0 received, 3 lost, 0 doubled, p50 –, p99 –\n' });
  }, 60_000);

  it('says which mode is missing', async () => {
    expect(await check(...servers())).toMatchObject({ code: 1, stderr: expect.stringContaining('--test_mode is missing') as unknown });
  }, 60_000);
});
