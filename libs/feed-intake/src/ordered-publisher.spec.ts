import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FrameIdSequence } from '@lts/contracts';
import { InitLockService } from '@lts/init-lock';
import { EmbeddedBroker, type Publisher } from '@lts/messaging';
import { FeedPages, PROVIDERS } from '@lts/timing-providers';
import type { Frame } from './frame.js';
import { OrderedPublisher } from './ordered-publisher.js';

const START_MS = 1_700_000_000_000;
const PAGE = 'init|r|\ntitle1||Night race\ngrid||<tbody></tbody>\nmsg||\n';

interface Heard {
  topic: string;
  text: string;
  id: string;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function turns(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await turn();
}

describe(OrderedPublisher.name, () => {
  let broker: EmbeddedBroker;
  let lock: InitLockService;
  let watermark: string | null;
  let heard: Heard[];
  let ids: FrameIdSequence;

  beforeEach(() => {
    broker = new EmbeddedBroker();
    watermark = null;
    lock = new InitLockService({ watermark: () => Promise.resolve(watermark) });
    heard = [];
    ids = new FrameIdSequence(null);
    for (const topic of ['raw', 'notes']) {
      broker.group(topic, 'test').attach((messages) => {
        for (const { value } of messages) {
          const { id, data } = value as { id: string; data: string | { type: string; data: { init_id: string } } };
          heard.push({ topic, id, text: typeof data === 'string' ? data : `${data.type} ${data.data.init_id}` });
        }
        return Promise.resolve();
      });
    }
  });
  afterEach(async () => {
    lock.onModuleDestroy();
    await broker.close();
  });

  function publisherOf(competition = 'night'): OrderedPublisher {
    return new OrderedPublisher({ competition, source: 's', rawTopic: 'raw', notificationsTopic: 'notes', publisher: broker.transport().publisher, lock, pages: new FeedPages(PROVIDERS) });
  }

  function frame(text: string, atMs = START_MS): Frame {
    return { id: ids.next(atMs), atMs, text };
  }

  /** Publishes everything, as a listener does. */
  async function publish(publisher: OrderedPublisher, frames: Frame[]): Promise<void> {
    for (let sent = 0; sent < frames.length; ) sent += await publisher.publishSome(frames.slice(sent));
  }

  const texts = (topic: string): string[] => heard.filter((one) => one.topic === topic).map((one) => one.text);

  it('announces an init before it sends it, and holds back what follows until it is stored', async () => {
    const [init, next, after] = [frame(PAGE), frame('r1|#|1\n'), frame('r1|#|2\n')];
    const done = publish(publisherOf(), [frame('light|lg|\n'), init, next, after]);
    await turns();
    expect(heard.map((one) => one.text)).toEqual(['light|lg|\n', `init-ongoing ${init.id}`, PAGE]);
    lock.finished('night', init.id);
    await done;
    expect(texts('raw').slice(2)).toEqual(['r1|#|1\n', 'r1|#|2\n']);
  });

  it('sends the rest of a page that comes in several frames without waiting, up to its grid', async () => {
    const init = frame('init|r|\ntitle1||Night race\n');
    const done = publish(publisherOf(), [init, frame('dyn1|text|\n', START_MS + 500), frame('grid||<tbody></tbody>\n', START_MS + 900), frame('r1|#|1\n', START_MS + 950)]);
    await turns();
    expect(texts('raw')).toEqual(['init|r|\ntitle1||Night race\n', 'dyn1|text|\n', 'grid||<tbody></tbody>\n']);
    lock.finished('night', init.id);
    await done;
    expect(texts('raw').at(-1)).toBe('r1|#|1\n');
  });

  it('recognises the rest of a page also when it arrives later than the init was sent', async () => {
    const publisher = publisherOf();
    await publish(publisher, [frame('init|r|\n')]);
    await publish(publisher, [frame('title2||Race\n', START_MS + 10)]);
    await publish(publisher, [frame('msg||\n', START_MS + 20)]);
    expect(texts('raw')).toEqual(['init|r|\n', 'title2||Race\n', 'msg||\n']);
    expect(lock.isOpen('night')).toBe(false);
  });

  it('takes a page without an end as complete after two seconds of the stamps', async () => {
    const init = frame('init|r|\n');
    const done = publish(publisherOf(), [init, frame('a|b|\n', START_MS + 2_000), frame('c|d|\n', START_MS + 2_001)]);
    await turns();
    expect(texts('raw')).toEqual(['init|r|\n', 'a|b|\n']);
    lock.finished('night', init.id);
    await done;
  });

  it('treats a page without live timing as complete', async () => {
    const init = frame('init|n|\nbest|hide|\n');
    const done = publish(publisherOf(), [init, frame('light|lr|\n')]);
    await turns();
    expect(texts('raw')).toHaveLength(1);
    lock.finished('night', init.id);
    await done;
  });

  it('lets a second init wait in order behind the first, then closes again', async () => {
    const [first, second, last] = [frame(PAGE), frame(PAGE), frame('r1|#|1\n')];
    const done = publish(publisherOf(), [first, second, last]);
    await turns();
    expect(texts('notes')).toEqual([`init-ongoing ${first.id}`]);
    lock.finished('night', first.id);
    await turns();
    expect(texts('notes')).toEqual([`init-ongoing ${first.id}`, `init-ongoing ${second.id}`]);
    expect(texts('raw')).toHaveLength(2);
    expect(lock.closedFor('night')).toBe(second.id);
    lock.finished('night', second.id);
    await done;
    expect(texts('raw')).toHaveLength(3);
  });

  it('goes on when the notification was lost but the API has the init', async () => {
    const init = frame(PAGE);
    watermark = init.id;
    await publish(publisherOf(), [init, frame('r1|#|1\n')]);
    expect(texts('raw')).toEqual([PAGE, 'r1|#|1\n']);
  });

  it('does not wait for an init that finished before it was sent again', async () => {
    const init = frame(PAGE);
    lock.finished('night', init.id);
    await publish(publisherOf(), [init, frame('r1|#|1\n')]);
    expect(texts('raw')).toEqual([PAGE, 'r1|#|1\n']);
  });

  it('keeps one competition from holding up another', async () => {
    const waiting = publish(publisherOf('night'), [frame(PAGE), frame('r1|#|1\n')]);
    await publish(publisherOf('day'), [frame('r9|#|1\n'), frame('r9|#|2\n')]);
    expect(texts('raw')).toEqual(expect.arrayContaining(['r9|#|1\n', 'r9|#|2\n']));
    lock.onModuleDestroy();
    await expect(waiting).rejects.toMatchObject({ code: 'LTS_STOPPING' });
  });

  describe('when a send fails', () => {
    let away: string | null = null;

    function unreliable(): OrderedPublisher {
      const publish: Publisher['publish'] = (topic, messages) => (away === topic ? Promise.reject(new Error('away')) : broker.transport().publisher.publish(topic, messages));
      return new OrderedPublisher({ competition: 'night', source: 's', rawTopic: 'raw', notificationsTopic: 'notes', lock, pages: new FeedPages(PROVIDERS), publisher: { publish } });
    }

    /** The first attempt fails at `topic`, the second succeeds; answers how many frames that sent. */
    async function atSecondAttempt(publisher: OrderedPublisher, topic: string, frames: Frame[]): Promise<number> {
      away = topic;
      await expect(publisher.publishSome(frames)).rejects.toThrow('away');
      away = null;
      return publisher.publishSome(frames);
    }

    it('does not wait for itself when an init is sent again, nor announce it twice', async () => {
      const init = frame(PAGE);
      expect(await atSecondAttempt(unreliable(), 'raw', [init])).toBe(1);
      expect(heard.map((one) => one.text)).toEqual([`init-ongoing ${init.id}`, PAGE]);
    });

    it('announces an init whose announcement failed, before it sends it', async () => {
      const init = frame(PAGE);
      expect(await atSecondAttempt(unreliable(), 'notes', [init])).toBe(1);
      expect(heard.map((one) => one.text)).toEqual([`init-ongoing ${init.id}`, PAGE]);
    });

    it('still knows the rest of a page for what it is', async () => {
      const publisher = unreliable();
      await publish(publisher, [frame('init|r|\n')]);
      const rest = [frame('title2||Race\n', START_MS + 10), frame('grid||<tbody></tbody>\n', START_MS + 20), frame('r1|#|1\n', START_MS + 30)];
      expect(await atSecondAttempt(publisher, 'raw', rest)).toBe(2);
      expect(texts('raw')).toHaveLength(3);
      expect(lock.isOpen('night')).toBe(false);
    });
  });

  it('sends runs of several hundred frames, and bounds them by their size', async () => {
    const publisher = publisherOf();
    expect(await publisher.publishSome(Array.from({ length: 1_200 }, () => frame('r1|#|1\n')))).toBe(500);
    expect(await publisher.publishSome(Array.from({ length: 9 }, () => frame('x'.repeat(200_000))))).toBe(2);
    expect(await publisher.publishSome([frame('x'.repeat(900_000)), frame('y\n')])).toBe(1);
    expect(await publisher.publishSome([])).toBe(0);
  });
});
