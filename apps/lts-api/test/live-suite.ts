import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Json, SESSION, StartedApi, Writer } from './started-api.js';

const LIMIT_MS = 60_000;

interface LiveEvent {
  name: string;
  id: string | null;
  data: Json;
}

/** A client of the live stream over a real connection. */
class LiveReader {
  private text = '';

  private constructor(
    private readonly reader: ReadableStreamDefaultReader<Uint8Array>,
    private readonly abort: AbortController,
  ) {}

  static async open(api: StartedApi, path: string, lastEventId?: string): Promise<LiveReader> {
    const abort = new AbortController();
    const headers = { authorization: `Bearer ${await api.bearer()}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
    const answer = await fetch(`${api.url}${path}`, { headers, signal: abort.signal });
    if (answer.body === null) throw new Error(`No stream: ${answer.status}`);
    return new LiveReader(answer.body.getReader() as ReadableStreamDefaultReader<Uint8Array>, abort);
  }

  async next(): Promise<LiveEvent> {
    while (!this.text.includes('\n\n')) {
      const { value } = await this.reader.read();
      this.text += new TextDecoder().decode(value);
    }
    const [event = '', ...rest] = this.text.split('\n\n');
    this.text = rest.join('\n\n');
    const field = (name: string): string | null => event.split('\n').find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
    return { name: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? '{}') as Json };
  }

  close(): void {
    this.abort.abort();
  }
}

/** The live stream, the same on every database. */
export function describeLive(database: () => string | null): void {
  describe('the live stream', () => {
    let api: StartedApi;
    let writer: Writer;
    const readers: LiveReader[] = [];

    beforeAll(async () => {
      api = await StartedApi.start(database());
      await api.newCompetition('cup');
      writer = new Writer(api, 'cup');
      await writer.send(['PUT sessions/~1', SESSION], ['PUT teams/~r1', { participant_code: 'r1', name: 'OWLS', number: 1 }], ['PUT timing/teams/~r1/position', { position: 1 }]);
    }, LIMIT_MS);
    afterAll(async () => {
      for (const reader of readers) reader.close();
      await api.stop();
    });

    async function open(lastEventId?: string): Promise<LiveReader> {
      const reader = await LiveReader.open(api, '/v1/c/~cup/live', lastEventId);
      readers.push(reader);
      return reader;
    }

    it('begins with a snapshot, then tells each change as whole rows', async () => {
      const reader = await open();
      const snapshot = await reader.next();
      expect(snapshot).toMatchObject({ name: 'snapshot', data: { competition: { code: 'cup' }, metadata: { session: 1, stage: 'race' }, rows: [{ participant_code: 'r1', team_name: 'OWLS', position: 1 }] } });
      await writer.send(['PUT timing/teams/~r1/last_time', { last_time: 61_500 }]);
      const change = await reader.next();
      expect(change).toMatchObject({ name: 'change', data: { rows: [{ participant_code: 'r1', team_name: 'OWLS', last_time: 61_500 }] } });
      expect(Number(change.id)).toBeGreaterThan(Number(snapshot.id));
      await writer.send(['PUT teams/~r1/details', { category: 'PRO', nationality: null }]);
      expect(await reader.next()).toMatchObject({ name: 'change', data: { rows: [{ participant_code: 'r1', category: 'PRO', last_time: 61_500 }] } });
    });

    it('tells who comes when nothing moves any more how old the data are', async () => {
      const before = Date.now();
      await api.newCompetition('over');
      await new Writer(api, 'over').send(['PUT sessions/~1', SESSION], ['PUT teams/~r1', { participant_code: 'r1', name: 'OWLS', number: 1 }], ['PUT timing/teams/~r1/position', { position: 1 }]);
      const reader = await LiveReader.open(api, '/v1/c/~over/live');
      readers.push(reader);
      const { clock } = (await reader.next()).data as { clock: { last_frame_at_ms: number; applied_at_ms: number } };
      expect(clock.last_frame_at_ms).toBe(Date.UTC(2026, 4, 1, 12, 0, 1));
      expect(clock.applied_at_ms).toBeGreaterThanOrEqual(before);
      expect(clock.applied_at_ms).toBeLessThanOrEqual(Date.now());
    });

    it('sends nothing again to a client that knows the present state', async () => {
      const first = await (await open()).next();
      const again = await (await open(first.id ?? '')).next();
      expect(again.name).toBe('heartbeat');
    });

    it('tells of a row that left, and starts anew with a new session', async () => {
      const reader = await open();
      await reader.next();
      await writer.send(['DELETE timing/teams/~r1']);
      expect(await reader.next()).toMatchObject({ name: 'change', data: { removed: ['r1'] } });
      await writer.send(['PUT sessions/~2', { ...SESSION, title2: 'SECOND' }]);
      expect(await reader.next()).toMatchObject({ name: 'snapshot', data: { metadata: { session: 2, title2: 'SECOND' }, rows: [] } });
    });

    it('knows no stream of a competition that does not exist', async () => {
      expect((await api.request('GET', '/v1/c/~none/live')).status).toBe(404);
    });
  });
}
