import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InitLockService } from './init-lock.service.js';

/** What the API would answer; the lock asks it while it is closed. */
class StoredWatermarks {
  readonly stored = new Map<string, string>();
  asked = 0;
  away = false;

  watermark(competition: string): Promise<string | null> {
    this.asked += 1;
    return this.away ? Promise.reject(new Error('away')) : Promise.resolve(this.stored.get(competition) ?? null);
  }
}

describe(InitLockService.name, () => {
  let source: StoredWatermarks;
  let lock: InitLockService;
  const opened: string[] = [];

  beforeEach(() => {
    source = new StoredWatermarks();
    lock = new InitLockService(source);
    opened.length = 0;
  });
  afterEach(() => lock.onModuleDestroy());

  const waitFor = (competition: string): Promise<void> => lock.whenOpen(competition).then(() => void opened.push(competition));
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('is open until it is closed', async () => {
    await lock.whenOpen('c');
    expect(lock.isOpen('c')).toBe(true);
    expect(lock.close('c', '05')).toBe(true);
    expect(lock.closedFor('c')).toBe('05');
    expect(lock.state()).toMatchObject([{ competition: 'c', initId: '05' }]);
  });

  it('opens on the end of the initialisation it waits for, and lets all who wait go on', async () => {
    lock.close('c', '05');
    const both = [waitFor('c'), waitFor('c')];
    await turn();
    expect(opened).toEqual([]);
    lock.finished('c', '05');
    await Promise.all(both);
    expect(opened).toEqual(['c', 'c']);
  });

  it('opens on a later end, but not on an earlier one', () => {
    lock.close('c', '05');
    lock.finished('c', '04');
    expect(lock.isOpen('c')).toBe(false);
    lock.finished('c', '09');
    expect(lock.isOpen('c')).toBe(true);
  });

  it('waits for the newer of two initialisations', () => {
    lock.close('c', '05');
    lock.close('c', '07');
    lock.finished('c', '05');
    expect(lock.closedFor('c')).toBe('07');
    lock.finished('c', '07');
    expect(lock.isOpen('c')).toBe(true);
  });

  it('ignores the beginning of an initialisation that has finished already', () => {
    lock.finished('c', '05');
    expect(lock.close('c', '05')).toBe(false);
    expect(lock.close('c', '04')).toBe(false);
    expect(lock.isOpen('c')).toBe(true);
    expect(lock.close('c', '06')).toBe(true);
  });

  it('keeps two competitions apart', async () => {
    lock.close('a', '05');
    lock.close('b', '05');
    const waiting = [waitFor('a'), waitFor('b')];
    lock.finished('b', '05');
    await waiting[1];
    expect(opened).toEqual(['b']);
    lock.finished('a', '05');
    await Promise.all(waiting);
  });

  it('opens by the watermark when the notification is lost', async () => {
    lock.close('c', '05');
    source.stored.set('c', '06');
    await waitFor('c');
    expect(lock.isOpen('c')).toBe(true);
  });

  it('stays closed while the API is away or not that far yet, and asks again', async () => {
    lock.close('c', '05');
    source.away = true;
    const opening = waitFor('c');
    while (source.asked < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    source.away = false;
    source.stored.set('c', '04');
    while (source.asked < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lock.isOpen('c')).toBe(false);
    source.stored.set('c', '05');
    await opening;
  });

  it('asks the watermark at once when an older sender names no initialisation', async () => {
    lock.close('c', '05');
    source.stored.set('c', '05');
    lock.finished('c', null);
    await turn();
    expect(source.asked).toBe(1);
    expect(lock.isOpen('c')).toBe(true);
  });

  it('does not ask while nothing is closed', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(source.asked).toBe(0);
  });

  it('has one question about a competition under way, however slow the API is', async () => {
    let answer: (watermark: string | null) => void = () => undefined;
    const slow = { asked: 0, watermark: (): Promise<string | null> => ((slow.asked += 1), new Promise((resolve) => (answer = resolve))) };
    const patient = new InitLockService(slow);
    patient.close('c', '05');
    await new Promise((resolve) => setTimeout(resolve, 2_300));
    expect(slow.asked).toBe(1);
    answer(null);
    while (slow.asked < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    answer('05');
    await patient.whenOpen('c');
    patient.onModuleDestroy();
  });

  it('turns away who waits when the app ends', async () => {
    lock.close('c', '05');
    const waiting = lock.whenOpen('c');
    lock.onModuleDestroy();
    await expect(waiting).rejects.toMatchObject({ code: 'LTS_STOPPING', competitionCode: 'c' });
    await expect(lock.whenOpen('c')).rejects.toMatchObject({ code: 'LTS_STOPPING' });
  });

  it('forgets competitions whose lock is open, never one that is closed', () => {
    lock.close('kept', '05');
    for (let n = 0; n < 10_050; n += 1) lock.finished(`c${n}`, '01');
    expect(lock.closedFor('kept')).toBe('05');
  });
});
