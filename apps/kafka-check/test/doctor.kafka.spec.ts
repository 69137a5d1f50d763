import { expect, it } from '@jest/globals';
import { topicPlans } from '@lts/contracts';
import { describeWithKafka } from '@lts/testing';
import { startMirror } from './mirror.js';
import { check, lateClock, startCheck } from './run-check.js';

const LIMIT_MS = 120_000;

/** One broker through all tests, in order: from an empty one to a healthy one, then with one fault after the other. */
describeWithKafka('kafka-check: topics and doctor', (broker) => {
  const on = (mode: string, ...flags: string[]): string[] => ['--kafka_servers', broker().servers.join(','), '--test_mode', mode, ...flags];
  const examine = (...flags: string[]) => check(...on('doctor', '--count', '20', ...flags));
  const faultsOf = (stdout: string): string[] => stdout.split('\n').filter((line) => line.startsWith('fault '));

  it('finds every topic of the list missing on a new broker', async () => {
    const { code, stdout } = await examine();
    expect(code).toBe(1);
    expect(faultsOf(stdout)).toEqual(topicPlans().map(({ name }) => `fault The topic ${name} is missing. Make it: kafka-check --test_mode topics.`));
    expect(stdout).toMatch(/^broker 127\.0\.0\.1:\d+: Kafka 4\.\d, metadata\.version \d+\n/);
    expect(stdout).toContain(`not healthy: ${topicPlans().length} faults found\n`);
  }, LIMIT_MS);

  it('makes the topics of the list, and leaves one alone whose partitions differ', async () => {
    broker().createTopic('standard');
    broker().createTopic('notifications');
    const refused = await check(...on('topics'));
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('topic raw-messages: 12 partitions, made now\n');
    expect(refused.stdout).toContain('topic standard: 1 partition\n');
    expect(refused.stdout).toContain('differs The topic standard has 1 partitions, not 12; they are not changed, since competitions would move and lose their order.');
    expect(refused.stdout).toContain('differs The topic notifications has retention.ms=604800000, not 86400000.');
    const examined = await examine();
    expect(examined.code).toBe(1);
    expect(faultsOf(examined.stdout).map((fault) => fault.split(' has ')[0])).toEqual(['fault The topic standard', 'fault The topic standard', 'fault The topic notifications']);
  }, LIMIT_MS);

  it('changes nothing the second time, and calls the broker healthy', async () => {
    broker().deleteTopic('standard');
    broker().deleteTopic('notifications');
    const [first, again] = [await check(...on('topics')), await check(...on('topics'))];
    expect([first.code, again.code]).toEqual([0, 0]);
    expect(first.stdout.split('\n').filter((line) => line.includes('made now'))).toEqual(['topic standard: 12 partitions, made now', 'topic notifications: 1 partition, made now']);
    expect(again.stdout).not.toMatch(/made now|differs/);
    const { code, stdout } = await examine();
    expect(stdout).toMatch(/\nclock of the brokers: \d+ ms (ahead of|behind) ours \(± \d+ ms\)\nroundtrip 20 sent, 20 received, 0 lost, 0 doubled, p50 [\d.]+ ms, p99 [\d.]+ ms\nhealthy: no fault found\n$/);
    expect(code).toBe(0);
  }, LIMIT_MS);

  it('finds a broker of the list that does not answer, and says so when none does', async () => {
    const { code, stdout } = await check('--test_mode', 'doctor', '--count', '5', '--kafka_servers', `${broker().servers.join(',')},127.0.0.1:1`);
    expect({ code, faults: faultsOf(stdout) }).toEqual({ code: 1, faults: ['fault The broker 127.0.0.1:1 cannot be used: no broker answers at 127.0.0.1:1. Start it, or correct KAFKA_SERVERS.'] });
    const alone = await check('--test_mode', 'doctor', '--kafka_servers', '127.0.0.1:1', '--wait_ms', '1000');
    expect(alone).toMatchObject({ code: 1, stdout: 'cluster not seen\nfault cluster: no broker answers at 127.0.0.1:1\nnot healthy: 1 fault found\n' });
  }, LIMIT_MS);

  it('finds a clock that is an hour late', async () => {
    const { ended } = startCheck(on('doctor', '--count', '5'), lateClock(3_600_000));
    const { code, stdout } = await ended;
    expect({ code, faults: faultsOf(stdout) }).toEqual({ code: 1, faults: [expect.stringMatching(/^fault The clocks differ by 3(59\d|600)\d{3} ms\. Switch on time synchronisation/)] });
  }, LIMIT_MS);

  it('finds messages that come twice and messages that do not come back', async () => {
    broker().createTopic('mirrored');
    broker().createTopic('elsewhere');
    const mirror = await startMirror(broker().servers);
    const doubled = await examine('--kafka_consume', 'mirrored', '--max_lag', '100000');
    await mirror.stop();
    expect(faultsOf(doubled.stdout)).toEqual(['fault 20 test messages came twice. Is something mirroring the topic into itself?']);
    const lost = await examine('--kafka_consume', 'elsewhere', '--wait_ms', '2000');
    expect(faultsOf(lost.stdout)).toEqual([expect.stringMatching(/^fault 20 of 20 test messages did not come back/)]);
    expect([doubled.code, lost.code]).toEqual([1, 1]);
  }, LIMIT_MS);

  it('finds a group that is behind, and a stage whose group nobody reads with', async () => {
    const reading = startCheck(on('consumer', '--kafka_group', 'messages-parser', '--count', '0'));
    await reading.says('listening');
    await check(...on('producer', '--count', '20', '--interval_ms', '0'));
    await reading.says('received 20 ');
    reading.child.kill('SIGSTOP');
    await check(...on('producer', '--count', '30', '--interval_ms', '0'));
    const behind = await examine('--max_lag', '25');
    expect(faultsOf(behind.stdout)).toEqual([expect.stringMatching(/^fault The group messages-parser is \d\d messages behind\. See \/health\/ready of parser/)]);
    reading.child.kill('SIGCONT');
    reading.child.kill('SIGTERM');
    await reading.ended;
    await check(...on('producer', '--count', '10', '--interval_ms', '0'));
    const unread = await examine();
    expect(faultsOf(unread.stdout)).toEqual([expect.stringMatching(/^fault Nobody reads as messages-parser, and \d+ messages wait\. Start parser\.$/)]);
    expect([behind.code, unread.code]).toEqual([1, 1]);
  }, LIMIT_MS);
});
