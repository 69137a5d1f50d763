import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { CompetitionFold, PROVIDERS, providerOfAddress } from '@lts/timing-providers';
import { WebSocket } from 'ws';
import type { FrameSink } from '../src/link/arrivals.js';
import { CompetitionLink } from '../src/link/competition-link.js';
import { FastClock } from './fast-clock.js';
import { SimulatedCircuit } from './simulated-circuit.js';
import { until } from './surroundings.js';

jest.setTimeout(180_000);

/** Race and link run at this speed, so that a poll is half a second and a minute three. */
const SPEED = 20;
const LIMITS = { silenceMs: 0, pingMs: 20_000, pongLimitMs: 10_000, handshakeLimitMs: 10_000, maxFrameBytes: 512 * 1024 };

interface RowView {
  participant_code: string;
  laps: number;
}

/** What somebody has heard of a race. */
class Hearing implements FrameSink {
  readonly isFull = false;
  readonly texts: string[] = [];
  timedLaps = 0;
  private readonly fold = new CompetitionFold();

  accept(text: string, atMs: number): Promise<void> {
    this.texts.push(text);
    for (const action of this.fold.apply({ atMs, text }).actions) if (action.type === 'add-lap' && action.data.time_ms !== null) this.timedLaps += 1;
    return Promise.resolve();
  }

  get hasEnded(): boolean {
    return this.texts.some((text) => text.includes('light|lf|'));
  }

  get state(): { rows: RowView[]; [field: string]: unknown } {
    return this.fold.view() as { rows: RowView[] };
  }
}

describe('a simulated circuit that is known by its page', () => {
  let circuit: SimulatedCircuit;
  let link: CompetitionLink;
  let run: Promise<void>;
  let direct: WebSocket;

  afterEach(async () => {
    link.stop();
    direct.terminate();
    await run;
    await circuit.stop();
  });

  it('is heard as by somebody who never lost the websocket: refused, closed at once, there, lost, and there again', async () => {
    const clock = new FastClock(SPEED);
    circuit = await SimulatedCircuit.start('--speed', String(SPEED), '--hours', '0.15', '--teams', '8');
    const heard = new Hearing();
    const all = new Hearing();
    const ways: string[] = [];
    link = new CompetitionLink({
      target: { competition: 'c', uri: circuit.page, headers: {} },
      provider: providerOfAddress(new URL(circuit.page), PROVIDERS),
      limits: LIMITS,
      sink: heard,
      clock,
      report: (event, { uri }) => {
        const way = String(uri).slice(0, 4);
        if (event === 'link-open' && ways.at(-1) !== way) ways.push(way);
      },
    });
    direct = new WebSocket(circuit.uri);
    direct.on('message', (message: Buffer) => {
      if (message.length > 0) void all.accept(message.toString(), clock.now());
    });
    run = link.run();
    await until(() => ways.length === 1);
    await until(() => heard.timedLaps > 10);
    expect(ways).toEqual(['http']);
    await circuit.setDoor('closes at once');
    await until(() => ways.length === 3);
    await circuit.setDoor('open');
    await until(() => ways.length === 4);
    await clock.sleep(30_000);
    await circuit.setDoor('refuses');
    await until(() => ways.length === 5);
    await circuit.setDoor('open');
    await until(() => all.hasEnded && heard.hasEnded && link.state().via?.startsWith('ws:') === true);
    await until(() => JSON.stringify(heard.state.rows.map(({ laps }) => laps)) === JSON.stringify(all.state.rows.map(({ laps }) => laps)));
    expect(ways).toEqual(['http', 'ws:/', 'http', 'ws:/', 'http', 'ws:/']);
    expect(heard.timedLaps).toBeLessThanOrEqual(all.timedLaps);
    expect(heard.timedLaps).toBeGreaterThan(all.timedLaps * 0.75);
  });
});
