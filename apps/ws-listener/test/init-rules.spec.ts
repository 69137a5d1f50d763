import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { type InitOutcome, type Notification, notificationMessage } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { InitLockService } from '@lts/init-lock';
import { EmbeddedBroker } from '@lts/messaging';
import { WsListenerEnv } from '../src/env.js';
import { wsListenerStage } from '../src/stage.js';
import { WsListenerService } from '../src/ws-listener.service.js';
import { Surroundings, until } from './surroundings.js';

const PAGE = 'init|r|\ntitle1||Night race\ngrid||<tbody></tbody>\nmsg||\n';

describe('a listener around an initialisation', () => {
  let around: Surroundings;
  let broker: EmbeddedBroker;
  let heard: { key: string; text: string; id: string }[];
  let storing: (competition: string, initId: string) => Promise<void> | void;
  const running: RunningStage[] = [];

  beforeEach(async () => {
    around = await Surroundings.open();
    broker = new EmbeddedBroker();
    heard = [];
    storing = () => undefined;
    broker.group('raw-messages', 'test').attach((messages) => {
      for (const { key, value } of messages) {
        const { id, data } = value as { id: string; data: string };
        heard.push({ key, text: data, id });
      }
      return Promise.resolve();
    });
    broker.group('notifications', 'api-sender').attach(async (messages) => {
      for (const { key, value } of messages) {
        const { data } = value as { data: Notification };
        if (data.type === 'init-ongoing' && data.data !== null) await storing(key, data.data.init_id);
      }
    });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((stage) => stage.stop()));
    await broker.close();
    await around.close();
  });

  /** Starts a listener; answers how to send frames to it as the circuit of a competition. */
  async function start(...competitions: string[]): Promise<(texts: readonly string[], competition?: string) => void> {
    const links = around.links(competitions);
    const { env } = readEnv(WsListenerEnv, { argv: around.flags(competitions), variables: {}, file: null });
    running.push(await startStage(wsListenerStage, { env, transport: broker.transport() }));
    const made = await links;
    return (texts, competition = 'night') => {
      for (const text of texts) made[competition]!.send(text);
    };
  }

  function finish(initId: string, competition = 'night', outcome: InitOutcome = 'stored'): Promise<void> {
    const value = notificationMessage({ id: `${initId}:done`, competitionCode: competition, source: 'api-sender', atMs: 1, data: { type: 'init-finished', data: { init_id: initId, outcome } } });
    return broker.transport().publisher.publish('notifications', [{ key: competition, kind: 'init-finished', value }]);
  }

  const textsOf = (competition = 'night'): string[] => heard.filter((one) => one.key === competition).map((one) => one.text);
  const idOf = (text: string, competition = 'night'): string => heard.find((one) => one.key === competition && one.text === text)!.id;
  /** The listener has everything that was sent to it. */
  const received = (count: number, competition = 'night'): Promise<void> => until(() => running[0]!.app.get(WsListenerService).state()[competition]?.frames === count);

  it('sends the frames of a page up to its grid without waiting, then holds the rest', async () => {
    const send = await start('night');
    send(['init|r|\n', 'title1||Night race\n', 'grid||<tbody></tbody>\n', 'r1|#|1\n', 'r1|#|2\n']);
    await received(5);
    await until(() => textsOf().length === 3);
    await broker.idle();
    expect(textsOf()).toEqual(['init|r|\n', 'title1||Night race\n', 'grid||<tbody></tbody>\n']);
    await finish(idOf('init|r|\n'));
    await until(() => textsOf().length === 5);
    expect(textsOf().slice(3)).toEqual(['r1|#|1\n', 'r1|#|2\n']);
  });

  it.each([
    ['init|n|\n', 'empty'],
    [PAGE, 'parked'],
  ] as const)('goes on after %j that ended as %s', async (init, outcome) => {
    storing = (competition, initId) => finish(initId, competition, outcome);
    const send = await start('night');
    send([init, 'r1|#|1\n']);
    await until(() => textsOf().length === 2);
    expect(textsOf()).toEqual([init, 'r1|#|1\n']);
  });

  it('lets a second page wait behind the frames between the two, and closes again for it', async () => {
    const second = PAGE.replace('Night', 'Day');
    const send = await start('night');
    send([PAGE, 'r1|#|1\n', second, 'r1|#|2\n']);
    await received(4);
    await until(() => textsOf().length === 1);
    await finish(idOf(PAGE));
    await until(() => textsOf().length === 3);
    expect(textsOf()).toEqual([PAGE, 'r1|#|1\n', second]);
    expect(running[0]!.app.get(InitLockService).closedFor('night')).toBe(idOf(second));
    await finish(idOf(second));
    await until(() => textsOf().length === 4);
    expect(textsOf()[3]).toBe('r1|#|2\n');
  });

  it('asks the API when the notification is lost', async () => {
    storing = (competition, initId) => void around.watermarks.set(competition, initId);
    const send = await start('night');
    send([PAGE, 'r1|#|1\n']);
    await until(() => textsOf().length === 2);
    expect(textsOf()).toEqual([PAGE, 'r1|#|1\n']);
  });

  it('is not opened by the late end of an earlier page', async () => {
    storing = (competition, initId) => (textsOf().length === 0 ? finish(initId, competition) : undefined);
    const second = PAGE.replace('Night', 'Day');
    const send = await start('night');
    send([PAGE, second, 'r1|#|1\n']);
    await until(() => textsOf().length === 2);
    await finish(idOf(PAGE));
    await received(3);
    await broker.idle();
    expect(textsOf()).toEqual([PAGE, second]);
    await finish(idOf(second));
    await until(() => textsOf().length === 3);
  });

  it('holds up one competition, not the other', async () => {
    const send = await start('night', 'day');
    send([PAGE, 'r1|#|1\n'], 'night');
    send([PAGE, 'r1|#|1\n'], 'day');
    await until(() => textsOf('night').length === 1 && textsOf('day').length === 1);
    await finish(idOf(PAGE, 'day'), 'day');
    await until(() => textsOf('day').length === 2);
    send(['r1|#|2\n'], 'day');
    await until(() => textsOf('day').length === 3);
    expect(textsOf('night')).toEqual([PAGE]);
    await finish(idOf(PAGE, 'night'), 'night');
    await until(() => textsOf('night').length === 2);
  });
});
