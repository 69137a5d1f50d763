import { afterEach, expect, it } from '@jest/globals';
import { PipelineError, rawMessage } from '@lts/contracts';
import { type Transport, kafkaTransport } from '@lts/messaging';
import { describeWithKafka } from '@lts/testing';
import { check, parked } from './run-check.js';

const LIMIT_MS = 180_000;
const AT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** Sets apart one message after the other, as a stage does. */
async function park(transport: Transport, messages: [competition: string, code: 'LTS_API_REJECTED' | 'LTS_MESSAGE_INVALID'][]): Promise<void> {
  for (const [index, [key, code]] of messages.entries()) {
    const value = rawMessage({ id: `frame-${index}`, competitionCode: key, source: 'test', atMs: 1_700_000_000_000, data: `lap ${index}` });
    await transport.parking.park({ key, value, headers: { 'lts-version': '1', 'lts-kind': 'raw' }, place: { topic: 'standard', partition: 2, offset: String(100 + index) } }, new PipelineError(code, 'It is refused.'));
  }
}

describeWithKafka('parked: the command on a broker', (broker) => {
  const transports: Transport[] = [];
  const on = (...words: string[]) => parked(...words, '--kafka_servers', broker().servers.join(','));
  afterEach(async () => {
    for (const transport of transports.splice(0)) await transport.close();
  });

  it('lists, shows and puts back what was set apart, and does so once', async () => {
    await check('--kafka_servers', broker().servers.join(','), '--test_mode', 'topics');
    const transport = kafkaTransport({ kafkaServers: broker().servers }, 'spec');
    transports.push(transport);
    await park(transport, [['cup', 'LTS_API_REJECTED'], ['final', 'LTS_API_REJECTED'], ['cup', 'LTS_MESSAGE_INVALID']]);

    const listed = await on('list');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout.replace(AT, 'TIME')).toBe(
      ['notifications: 0 wait', 'raw-messages: 0 wait', 'standard: 3 wait', '  cup: 2 since TIME, LTS_API_REJECTED 1, LTS_MESSAGE_INVALID 1, offsets 0 to 2', '  final: 1 since TIME, LTS_API_REJECTED 1, offset 1', 'test-topic: 0 wait', ''].join('\n'),
    );
    const shown = await on('show', 'standard', '1');
    expect(shown.stdout.replace(AT, 'TIME')).toMatch(
      /^standard\.parked 0\/1, TIME, waits\n {2}competition {2}final\n {2}from {9}standard 2\/101\n {2}error {8}LTS_API_REJECTED: It is refused\.\n {2}headers {6}lts-version=1 lts-kind=raw\n {2}message\n {4}\{\n[^]*"data": "lap 1",\n/,
    );
    expect(await on('replay', 'standard', '0-1')).toMatchObject({ code: 0, stdout: 'Put back onto standard: cup 1, final 1.\n' });
    expect(await on('replay', 'standard.parked', '--competition', 'final')).toMatchObject({ code: 0, stdout: 'Nothing waits to be put back.\n' });
    expect((await on('list', 'standard')).stdout.replace(AT, 'TIME')).toBe('standard: 1 waits, 2 replayed\n  cup: 1 since TIME, LTS_MESSAGE_INVALID 1, offset 2\n');
    expect((await on('show', 'standard')).stdout).toMatch(/^standard\.parked 0\/2, .*, waits\n/);
    expect((await on('show', 'standard', '0')).stdout).toMatch(/^standard\.parked 0\/0, .*, replayed\n/);
    expect(await on('replay', 'standard')).toMatchObject({ code: 0, stdout: 'Put back onto standard: cup 1.\n' });
    expect(await on('replay', 'standard')).toMatchObject({ code: 0, stdout: 'Nothing waits to be put back.\n' });
    const arrived: unknown[] = [];
    for (let partition = 0; partition < 12; partition += 1) {
      for (const key of ['cup', 'final']) await transport.past?.each({ topic: 'standard', partition, key, from: '0', until: '1000', group: 'spec' }, (messages) => void arrived.push(...messages.map(({ value, headers }) => [key, (value as { data: string }).data, headers['lts-replayed']])));
    }
    expect(arrived.sort()).toEqual([['cup', 'lap 0', 'standard/2/100'], ['cup', 'lap 2', 'standard/2/102'], ['final', 'lap 1', 'standard/2/101']]);
  }, LIMIT_MS);

  it.each([
    [['list', 'no-such-topic'], /^The topic no-such-topic\.parked does not exist\.\n$/],
    [['replay', 'no-such-topic'], /^The topic no-such-topic does not exist\.\n$/],
    [['show'], /^Which topic\? show needs its name/],
    [['mend', 'standard'], /^"mend" is no command\. The commands are list, show and replay/],
    [['replay', 'standard', '--from', '3'], /^--from is not known/],
  ])('says in one sentence what is wrong with %j', async (words, sentence) => {
    const ended = await on(...words);
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(sentence) as unknown });
  }, LIMIT_MS);

  it('says in one sentence that no broker answers', async () => {
    const ended = await parked('list', '--kafka_servers', '127.0.0.1:1');
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: 'Kafka cannot be used: no broker answers at 127.0.0.1:1.\n' });
  }, LIMIT_MS);

  it('explains itself', async () => {
    const ended = await parked('--help');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    for (const word of ['parked list', 'parked show', 'parked replay', '--competition', '--data', '--kafka_servers']) expect(ended.stdout).toContain(word);
  }, LIMIT_MS);
});
