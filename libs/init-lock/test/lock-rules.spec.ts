import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type InitOutcome, type Notification, TOPICS, frameId, notificationMessage, rawMessage } from '@lts/contracts';
import { EmbeddedBroker } from '@lts/messaging';
import { type Gate, Passed, startGate } from './gate-app.js';

/** The API as far as the lock sees it: how far each competition is stored. */
class StoredFrames {
  readonly upTo = new Map<string, string>();
  asked = 0;

  watermark(competition: string): Promise<string | null> {
    this.asked += 1;
    return Promise.resolve(this.upTo.get(competition) ?? null);
  }
}

/** What the storing side does with an initialisation. */
type Storing = (competition: string, initId: string) => Promise<void> | void;

describe('the lock of a stage on the embedded transport', () => {
  let broker: EmbeddedBroker;
  let stored: StoredFrames;
  let passed: Passed;
  let storing: Storing;
  let ongoing: string[];
  const gates: Gate[] = [];

  beforeEach(() => {
    broker = new EmbeddedBroker();
    stored = new StoredFrames();
    passed = new Passed();
    storing = () => undefined;
    ongoing = [];
    broker.group(TOPICS.notifications, 'api-sender').attach(async (messages) => {
      for (const { key, value } of messages) {
        const { data } = value as { data: Notification };
        if (data.type !== 'init-ongoing' || data.data === null) continue;
        ongoing.push(data.data.init_id);
        await storing(key, data.data.init_id);
      }
    });
  });
  afterEach(async () => {
    await Promise.all(gates.splice(0).map((gate) => gate.app.close()));
    await broker.close();
  });

  async function start(instance = '1'): Promise<Gate> {
    const gate = await startGate(broker, instance, { source: stored, passed });
    gates.push(gate);
    return gate;
  }

  const idOf = (number: number): string => frameId({ timeMs: 1_700_000_000_000, counter: number });

  /** Sends frames; the number of a frame is its place in the list, from `first` on. */
  async function send(texts: readonly string[], competition = 'night', first = 1): Promise<void> {
    const messages = texts.map((data, index) => ({ key: competition, kind: 'raw', value: rawMessage({ id: idOf(first + index), competitionCode: competition, source: 'test', atMs: 1, data }) }));
    await broker.transport().publisher.publish(TOPICS.rawMessages, messages);
  }

  function finish(initId: string | null, competition = 'night', outcome: InitOutcome = 'stored'): Promise<void> {
    const data = { type: 'init-finished', data: initId === null ? null : { init_id: initId, outcome } } as const;
    const value = notificationMessage({ id: `${initId ?? 'old'}:done`, competitionCode: competition, source: 'api-sender', atMs: 1, data });
    return broker.transport().publisher.publish(TOPICS.notifications, [{ key: competition, kind: 'init-finished', value }]);
  }

  const stores: Storing = async (competition, initId) => {
    stored.upTo.set(competition, initId);
    await finish(initId, competition);
  };

  async function until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  const closedFor = (gate: Gate, competition = 'night'): string | null => gate.lock.closedFor(competition);

  it('holds what follows an init until that is stored, and lets it go on in order', async () => {
    const gate = await start();
    await send(['a', 'init|r', 'b', 'c']);
    await until(() => ongoing.length === 1);
    expect(passed.texts).toEqual(['night a', 'night init|r']);
    expect(closedFor(gate)).toBe(idOf(2));
    await finish(idOf(2));
    await broker.idle();
    expect(passed.texts).toEqual(['night a', 'night init|r', 'night b', 'night c']);
    expect(gate.lock.state()).toEqual([]);
  });

  it.each([
    ['init|n', 'empty'],
    ['init|r', 'parked'],
  ] as const)('goes on after %s whose outcome is %s, although the watermark never reaches it', async (text, outcome) => {
    storing = (competition, initId) => finish(initId, competition, outcome);
    await start();
    await send([text, 'b']);
    await broker.idle();
    expect(passed.texts).toEqual([`night ${text}`, 'night b']);
  });

  it('lets a second init wait in order while one is pending, and closes again for it', async () => {
    const gate = await start();
    await send(['init|r', 'b', 'init|p', 'd']);
    await until(() => ongoing.length === 1);
    expect(passed.texts).toEqual(['night init|r']);
    await finish(idOf(1));
    await until(() => ongoing.length === 2);
    expect(passed.texts).toEqual(['night init|r', 'night b', 'night init|p']);
    expect(closedFor(gate)).toBe(idOf(3));
    await finish(idOf(3));
    await broker.idle();
    expect(passed.texts.at(-1)).toBe('night d');
  });

  it('opens by the watermark when the notification is lost', async () => {
    storing = (competition, initId) => void stored.upTo.set(competition, initId);
    await start();
    await send(['init|r', 'b']);
    await broker.idle();
    expect(passed.texts).toEqual(['night init|r', 'night b']);
    expect(stored.asked).toBeGreaterThan(0);
  });

  it('opens when the API has a later frame than the init it waits for', async () => {
    storing = (competition) => void stored.upTo.set(competition, idOf(9));
    await start();
    await send(['init|r', 'b']);
    await broker.idle();
    expect(passed.texts).toContain('night b');
  });

  it('is not opened by the notification of an earlier init that comes late', async () => {
    const gate = await start();
    await finish(idOf(1));
    await send(['init|r', 'b'], 'night', 5);
    await until(() => ongoing.length === 1);
    for (const late of [idOf(1), idOf(4), idOf(2)]) await finish(late);
    await until(() => broker.group(TOPICS.notifications, 'gate.notifications.1').isIdle);
    expect(closedFor(gate)).toBe(idOf(5));
    expect(passed.texts).toEqual(['night init|r']);
    await finish(idOf(5));
    await broker.idle();
    expect(passed.texts).toEqual(['night init|r', 'night b']);
  });

  it('does not close for an init whose end it heard early, nor for one that comes again', async () => {
    const gate = await start();
    await finish(idOf(1));
    await broker.idle();
    await send(['init|r', 'b']);
    await send(['init|r'], 'night', 1);
    await broker.idle();
    expect(passed.texts).toEqual(['night init|r', 'night b', 'night init|r']);
    expect(gate.lock.isOpen('night')).toBe(true);
    expect(stored.asked).toBe(0);
  });

  it('asks the API at once when an older sender does not say which init has ended', async () => {
    storing = async (competition, initId) => {
      stored.upTo.set(competition, initId);
      await finish(null, competition);
    };
    await start();
    await send(['init|r', 'b']);
    await broker.idle();
    expect(passed.texts).toEqual(['night init|r', 'night b']);
  });

  it('takes the end that a restarted sender says again as no news', async () => {
    storing = async (competition, initId) => {
      for (let time = 0; time < 3; time += 1) await finish(initId, competition);
    };
    const gate = await start();
    await send(['init|r', 'b', 'init|r', 'd']);
    await broker.idle();
    expect(passed.texts).toEqual(['night init|r', 'night b', 'night init|r', 'night d']);
    expect(gate.lock.state()).toEqual([]);
  });

  it('keeps two competitions apart: one waits, the other goes on', async () => {
    const gate = await start();
    await send(['init|r', 'b'], 'night');
    await send(['init|r', 'b'], 'day');
    await until(() => ongoing.length === 2);
    await send(['b', 'c'], 'dawn');
    await finish(idOf(1), 'day');
    await until(() => passed.texts.includes('day b') && passed.texts.includes('dawn c'));
    expect(passed.texts).not.toContain('night b');
    expect(gate.lock.state()).toMatchObject([{ competition: 'night', initId: idOf(1) }]);
    await finish(idOf(1), 'night');
    await broker.idle();
    expect(passed.texts).toContain('night b');
  });

  it('lets nothing pass when the stage ends inside the lock; the next instance begins with the init and goes on', async () => {
    const first = await start('1');
    await send(['init|r', 'b', 'c']);
    await until(() => ongoing.length === 1);
    await first.app.close();
    expect(passed.texts).toEqual(['night init|r']);
    storing = stores;
    await start('2');
    await send(['init|r', 'b', 'c']);
    await broker.idle();
    expect(passed.texts.slice(1)).toEqual(['night init|r', 'night b', 'night c']);
  });

  it('opens in an instance that was started after the end had been said', async () => {
    storing = stores;
    const first = await start('1');
    await send(['init|r', 'b']);
    await broker.idle();
    await first.app.close();
    storing = () => undefined;
    await start('2');
    await send(['init|r', 'b', 'c']);
    await broker.idle();
    expect(passed.texts.slice(2)).toEqual(['night init|r', 'night b', 'night c']);
  });
});
