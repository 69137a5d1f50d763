import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { rawMessage } from '@lts/contracts';
import { EmbeddedBroker, type ReceivedMessage, type Transport } from '@lts/messaging';
import { lastRecordedId, readRecordingBatches } from '@lts/recordings';
import { START_MS, frameMessage, frameMessages, numbersUpTo, recordedNumbers, settings } from '../test/frames.js';
import { RawStorageService } from './raw-storage.service.js';
import { rawStorageStage } from './stage.js';

const TOPIC = 'raw-messages';

describe(RawStorageService.name, () => {
  let outputPath = '';
  let broker: EmbeddedBroker;
  let transport: Transport;
  const running: RunningStage[] = [];

  beforeEach(() => {
    outputPath = mkdtempSync(join(tmpdir(), 'raw-storage-'));
    broker = new EmbeddedBroker({ recordFirst: { topic: TOPIC, group: 'raw-storage' } });
    transport = broker.transport();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((stage) => stage.stop()));
    await broker.close();
    rmSync(outputPath, { recursive: true, force: true });
  });

  async function start(...flags: string[]): Promise<RunningStage> {
    const stage = await startStage(rawStorageStage, { env: settings(outputPath, ...flags), transport });
    running.push(stage);
    return stage;
  }

  it('has each frame on disk when the publisher hears so, as a line with all it carries', async () => {
    await start();
    await transport.publisher.publish(TOPIC, [frameMessage('night', 1, 'Ñ | "x"')]);
    const line = readFileSync(join(outputPath, 'night', '2023-11-14-0001.ndjson'), 'utf8');
    expect(JSON.parse(line)).toEqual({ id: (frameMessage('night', 1).value as { id: string }).id, receivedAtMs: START_MS + 1, competition: 'night', source: 'test', text: '1 Ñ | "x"\n' });
  });

  it('gives the other readers a frame only after it was recorded', async () => {
    const seen: boolean[] = [];
    broker.group(TOPIC, 'parser').attach(async (messages) => {
      const last = await lastRecordedId(outputPath, 'night');
      seen.push(...messages.map((message) => last !== null && (message.value as { id: string }).id <= last));
    });
    await start();
    for (let from = 1; from < 50; from += 7) await transport.publisher.publish(TOPIC, frameMessages('night', from, from + 6));
    await broker.idle();
    expect(seen).toEqual(Array.from({ length: 49 }, () => true));
  });

  it('keeps competitions apart, inside its folder whatever their codes, also with fewer files open than there are competitions', async () => {
    const stage = await start('--max_open_recordings', '2');
    const codes = ['night', '../../etc', 'a/b', '..', 'CON', 'ñu 🏁', 'x'.repeat(3_000)];
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(codes.map((code) => transport.publisher.publish(TOPIC, frameMessages(code, 1 + round * 10, 10 + round * 10))));
    }
    expect(readdirSync(outputPath)).toHaveLength(codes.length);
    for (const code of codes) expect(await recordedNumbers(outputPath, code)).toEqual(numbersUpTo(40));
    expect(stage.app.get(RawStorageService).state()).toEqual({ open: 2, frames: 280, repeats: 0 });
  });

  it('drops what comes again after a restart, and counts it', async () => {
    const first = await start();
    await transport.publisher.publish(TOPIC, frameMessages('night', 1, 30));
    await first.stop();
    broker = new EmbeddedBroker({ recordFirst: { topic: TOPIC, group: 'raw-storage' } });
    transport = broker.transport();
    const second = await start();
    await transport.publisher.publish(TOPIC, frameMessages('night', 20, 45));
    expect(await recordedNumbers(outputPath, 'night')).toEqual(numbersUpTo(45));
    expect(second.app.get(RawStorageService).state()).toMatchObject({ frames: 15, repeats: 11 });
  });

  it('writes recordings that can be replayed: a folder reads as the frames that came in', async () => {
    await start('--rotate_mb', '1');
    for (let from = 1; from <= 2_400; from += 300) await transport.publisher.publish(TOPIC, frameMessages('night', from, from + 299, 'x'.repeat(3_000)));
    expect(readdirSync(join(outputPath, 'night')).filter((name) => name.endsWith('.gz')).length).toBeGreaterThan(1);
    const frames: { id: string | null; receivedAtMs: number | null; text: string }[] = [];
    for await (const batch of readRecordingBatches(join(outputPath, 'night'))) frames.push(...batch);
    const sent = frameMessages('night', 1, 2_400, 'x'.repeat(3_000)).map(({ value }) => value as { id: string; data: string; created_at: number });
    expect(frames.map((frame) => [frame.id, frame.receivedAtMs, frame.text])).toEqual(sent.map((value) => [value.id, Math.round(value.created_at * 1_000), value.data]));
  });

  it('says what to do when the folder cannot be written, waits, and goes on without a gap', async () => {
    const stage = await start();
    rmSync(outputPath, { recursive: true });
    writeFileSync(outputPath, 'a file where the folder should be');
    const message = { key: 'night', value: frameMessage('night', 1).value, headers: {}, place: { topic: TOPIC, partition: 0, offset: '0' } } as ReceivedMessage<never>;
    await expect(stage.app.get(RawStorageService).store([message])).rejects.toMatchObject({
      code: 'LTS_RECORDING_UNWRITABLE',
      retriable: true,
      competitionCode: 'night',
      message: expect.stringMatching(/Free space, or correct --output_path/) as unknown,
    });
    const published = transport.publisher.publish(TOPIC, frameMessages('night', 1, 5));
    while (!transport.health().consumers.some((consumer) => consumer.state.startsWith('retrying'))) await new Promise((resolve) => setTimeout(resolve, 5));
    rmSync(outputPath);
    await published;
    expect(await recordedNumbers(outputPath, 'night')).toEqual(numbersUpTo(5));
  });

  it('parks a frame that would make the recording unreadable, and records the others', async () => {
    const parked: unknown[] = [];
    broker.group(`${TOPIC}.parked`, 'people').attach((messages) => Promise.resolve(void parked.push(...messages.map((message) => (message.value as { code: string }).code))));
    await start();
    const bad = [{ id: 'zzz', atMs: 1 }, { id: '../x', atMs: 1 }, { atMs: 1e300 }, { atMs: -5_000 }, { atMs: Date.UTC(10_000, 0) }];
    const badMessages = bad.map((parts) => ({ key: 'night', kind: 'raw', value: rawMessage({ id: (frameMessage('night', 2).value as { id: string }).id, competitionCode: 'night', source: 'test', data: 'bad', ...parts }) }));
    await transport.publisher.publish(TOPIC, [frameMessage('night', 1), ...badMessages, frameMessage('night', 2)]);
    await broker.idle();
    expect(parked).toEqual(bad.map(() => 'LTS_MESSAGE_INVALID'));
    expect(await recordedNumbers(outputPath, 'night')).toEqual([1, 2]);
  });
});
