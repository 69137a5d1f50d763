import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FrameIdSequence, PipelineError, frameId, partsOfFrameId } from '@lts/contracts';
import { type OutgoingMessage, Publisher } from '@lts/messaging';
import { FeedPages, PROVIDERS } from '@lts/timing-providers';
import type { Clock } from './clock.js';
import { CompetitionIntake } from './competition-intake.js';
import { OrderedPublisher } from './ordered-publisher.js';
import { SpoolFile, spoolPath } from './spool-file.js';

const START_MS = 1_700_000_000_000;
const MEGABYTE = 1024 * 1024;

/** A broker that a test can hold up or make fail. */
class Gate extends Publisher {
  readonly sends: OutgoingMessage[][] = [];
  failures: Error[] = [];
  /** Text that the broker never takes. */
  refused: string | null = null;
  private closed: Promise<void> | null = null;
  private open: () => void = () => undefined;
  private inFlight = 0;
  mostInFlight = 0;

  hold(): void {
    this.closed = new Promise((resolve) => (this.open = resolve));
  }
  letGo(): void {
    this.closed = null;
    this.open();
  }
  async publish(_topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    await (this.closed ?? Promise.resolve());
    this.inFlight -= 1;
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    const isRefused = messages.some(({ value }) => (value as { data: unknown }).data === this.refused);
    if (isRefused) throw new PipelineError('LTS_MESSAGE_INVALID', 'larger than the broker takes');
    this.sends.push([...messages]);
  }
  values(): { id: string; data: string; created_at: number; source: string }[] {
    return this.sends.flat().map((message) => message.value as { id: string; data: string; created_at: number; source: string });
  }
}

class NotedClock implements Clock {
  readonly pauses: number[] = [];
  now(): number {
    return START_MS;
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.pauses.push(ms);
    await new Promise<void>((resolve) => {
      if (ms < 1_000_000) setImmediate(resolve);
      signal?.addEventListener('abort', () => resolve());
    });
  }
}

describe(CompetitionIntake.name, () => {
  let folder = '';
  let broker: Gate;
  let clock: NotedClock;
  let reports: string[];
  /** Initialisations for which nobody waits any more. */
  let finished: (string | null)[];
  let opened: CompetitionIntake[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'intake-'));
    broker = new Gate();
    clock = new NotedClock();
    reports = [];
    finished = [];
    opened = [];
  });
  afterEach(async () => {
    broker.letGo();
    await Promise.all(opened.map((intake) => intake.close(1_000)));
    rmSync(folder, { recursive: true, force: true });
  });

  function open(parts: { watermark?: string | null; maxBytes?: number } = {}): CompetitionIntake {
    const { spool, content } = SpoolFile.open(spoolPath(folder, 'night'));
    const lock = { close: () => true, whenOpen: () => Promise.resolve(), finished: (_competition: string, initId: string | null) => void finished.push(initId) };
    const publisher = new OrderedPublisher({ competition: 'night', source: 'circuit', rawTopic: 'raw', notificationsTopic: 'notes', publisher: broker, lock, pages: new FeedPages(PROVIDERS) });
    const report = (event: string): void => void reports.push(event);
    const intake = new CompetitionIntake({ competition: 'night', spool, content, watermark: parts.watermark ?? null, maxBytes: parts.maxBytes ?? MEGABYTE, publisher, clock, report });
    opened.push(intake);
    return intake;
  }

  it('publishes the text exactly as received, with rising ids, the stamp and the source', async () => {
    const intake = open();
    await intake.accept(' r1|#|1 \r\n', START_MS);
    await intake.accept('r2|#|2\n', START_MS + 1);
    await intake.drained();
    const values = broker.values();
    expect(values.map((value) => value.data)).toEqual([' r1|#|1 \r\n', 'r2|#|2\n']);
    expect(values[0]).toMatchObject({ created_at: START_MS / 1000, source: 'circuit', decoder: null, competition_code: 'night' });
    expect(values[1]!.id > values[0]!.id).toBe(true);
    expect(broker.sends[0]![0]).toMatchObject({ key: 'night', kind: 'raw' });
  });

  it('continues above the watermark of the API, also when the clock steps back', async () => {
    const watermark = frameId({ timeMs: START_MS + 3_600_000, counter: 500 });
    const intake = open({ watermark });
    await intake.accept('a\n', START_MS);
    await intake.drained();
    expect(partsOfFrameId(broker.values()[0]!.id)).toEqual({ timeMs: START_MS + 3_600_000, counter: 501 });
    expect(broker.values()[0]!.created_at).toBe(START_MS / 1000);
  });

  it('never uses an id again after a restart, although everything was published', async () => {
    const first = open();
    await first.accept('a\n', START_MS + 60_000);
    await first.drained();
    await first.close(0);
    const second = open();
    await second.accept('b\n', START_MS);
    await second.drained();
    expect(broker.values()[1]!.id > broker.values()[0]!.id).toBe(true);
  });

  it.each([['r1|#|2\n'], ['init|r|\ngrid||\n']])('gives up the one frame that the broker never takes, %j, and goes on with the others in order', async (refused) => {
    broker.refused = refused;
    broker.hold();
    const intake = open();
    for (const text of ['r1|#|1\n', 'r1|#|1b\n', refused, 'r1|#|3\n']) await intake.accept(text, START_MS);
    broker.letGo();
    await intake.drained();
    const texts = broker.values().flatMap(({ data }) => (typeof data === 'string' ? [data] : []));
    expect([...new Set(texts)]).toEqual(['r1|#|1\n', 'r1|#|1b\n', 'r1|#|3\n']);
    expect(reports).toEqual(['frame-refused']);
    expect(intake.state()).toMatchObject({ pendingFrames: 0, publishedFrames: 3, refusedFrames: 1, trouble: null });
    expect(finished).toHaveLength(refused.startsWith('init') ? 1 : 0);
    const again = open();
    expect(again.state().pendingFrames).toBe(0);
  });

  it('publishes first what a killed process left in its spool, under the same ids', async () => {
    const ids = new FrameIdSequence(null);
    const { spool } = SpoolFile.open(spoolPath(folder, 'night'));
    const left = ['x\n', 'y\n'].map((text) => ({ id: ids.next(START_MS), atMs: START_MS, text }));
    for (const frame of left) spool.append(frame);
    const intake = open();
    await intake.accept('z\n', START_MS + 5);
    await intake.drained();
    expect(broker.values().map((value) => value.data)).toEqual(['x\n', 'y\n', 'z\n']);
    expect(broker.values().slice(0, 2).map((value) => value.id)).toEqual(left.map((frame) => frame.id));
    spool.close();
  });

  it('has one send in flight, which takes all that came in the meantime', async () => {
    broker.hold();
    const intake = open();
    for (let index = 0; index < 40; index += 1) void intake.accept(`r1|#|${index}\n`, START_MS + index);
    broker.letGo();
    await intake.drained();
    expect(broker.mostInFlight).toBe(1);
    expect(broker.sends.map((send) => send.length)).toEqual([1, 39]);
  });

  it('holds the caller back at the limit until there is room, and says so', async () => {
    broker.hold();
    const intake = open({ maxBytes: 5_000 });
    const steps: string[] = [];
    for (let index = 0; index < 5 && !intake.isFull; index += 1) void intake.accept('x'.repeat(2_000), START_MS).then(() => steps.push('room'));
    expect(intake.state()).toMatchObject({ isFull: true, pendingFrames: 3 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(steps).toEqual(['room', 'room']);
    broker.letGo();
    await intake.drained();
    await new Promise((resolve) => setImmediate(resolve));
    expect(steps).toHaveLength(3);
    expect(intake.isFull).toBe(false);
    expect(reports).toEqual(['spool-full', 'spool-has-room']);
  });

  it('tries again with growing pauses when a send fails, in order, without a gap or a double', async () => {
    broker.failures = [new Error('away'), new Error('away'), new Error('away')];
    const intake = open();
    for (const text of ['a\n', 'b\n', 'c\n']) await intake.accept(text, START_MS);
    await intake.drained();
    expect(broker.values().map((value) => value.data)).toEqual(['a\n', 'b\n', 'c\n']);
    expect(reports).toEqual(['publishing-failed', 'publishing-failed', 'publishing-failed']);
    expect(clock.pauses[2]).toBeGreaterThanOrEqual(clock.pauses[0]!);
    expect(intake.state().trouble).toBeNull();
  });

  it('keeps in the spool what could not be sent when the stage ends', async () => {
    broker.failures = [new PipelineError('LTS_STOPPING', 'the broker is closed')];
    const intake = open();
    await intake.accept('a\n', START_MS);
    await intake.close(1_000);
    const { spool, content } = SpoolFile.open(spoolPath(folder, 'night'));
    expect(content.pending.map((frame) => frame.text)).toEqual(['a\n']);
    spool.close();
  });

  it('lets go those who wait when the broker is closed', async () => {
    broker.failures = [new PipelineError('LTS_STOPPING', 'the broker is closed')];
    const intake = open({ maxBytes: 100 });
    await Promise.all([intake.accept('x'.repeat(200), START_MS), intake.drained()]);
    expect(intake.state().pendingFrames).toBe(1);
  });

  it('does not hang at the end of the stage when a send does', async () => {
    broker.hold();
    const intake = open();
    await intake.accept('a\n', START_MS);
    const waiting = intake.drained();
    await intake.close(10);
    await waiting;
    expect(intake.state().pendingFrames).toBe(1);
  });
});
