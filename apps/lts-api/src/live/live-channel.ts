import type { Database } from '../database/connection.js';
import type { Book } from '../engine/book.js';
import type { CommittedChange } from '../engine/committed-change.js';
import { type LiveClient, eventText } from './live-client.js';
import { type LiveRow, liveCompetition, liveMetadata, liveMetadataOf, liveRows, liveRowsOf } from './live-rows.js';

/** At most twenty events a second; the first one goes out at once. */
const PAUSE_MS = 50;

interface Pending {
  anew: boolean;
  metadata: Record<string, unknown> | null;
  /** By id of the team. */
  rows: Map<number, LiveRow>;
  /** Codes of those that left the classification, by id of the team. */
  removed: Map<number, string>;
}

const nothing = (): Pending => ({ anew: false, metadata: null, rows: new Map(), removed: new Map() });

/** The watchers of one competition. Changes that come before the next event may go are joined into it. */
export class LiveChannel {
  private readonly clients = new Set<LiveClient>();
  private pending: Pending | null = null;
  private busy = false;
  private change = 0;
  private lastFrameAtMs: number | null = null;
  private appliedAtMs: number | null = null;

  constructor(
    private readonly database: Database,
    private readonly competitionId: number,
  ) {}

  get size(): number {
    return this.clients.size;
  }

  /** Adds a client; it gets a snapshot, unless it says that it knows the present state already. */
  async add(client: LiveClient, lastEventId: string | null): Promise<void> {
    this.clients.add(client);
    if (lastEventId !== null && lastEventId === String(await this.presentChange())) client.send(eventText('heartbeat', { clock: this.clock() }));
    else client.send(await this.snapshot());
  }

  remove(client: LiveClient): void {
    this.clients.delete(client);
  }

  async sendSnapshot(client: LiveClient): Promise<void> {
    client.send(await this.snapshot());
  }

  heartbeat(): void {
    const event = eventText('heartbeat', { clock: this.clock() });
    for (const client of this.clients) client.send(event);
  }

  end(): void {
    for (const client of this.clients) client.end();
  }

  /** Takes note of a commit and tells the clients as soon as may be. */
  committed(change: CommittedChange): void {
    this.change = change.change;
    this.lastFrameAtMs = change.lastFrameAtMs ?? this.lastFrameAtMs;
    this.appliedAtMs = Date.now();
    const pending = (this.pending ??= nothing());
    pending.anew ||= change.anew;
    if (change.book !== null) note(pending, change, change.book);
    if (!this.busy) void this.tell();
  }

  private async tell(): Promise<void> {
    this.busy = true;
    while (this.pending !== null && this.clients.size > 0) {
      const pending = this.pending;
      this.pending = null;
      try {
        const event = pending.anew ? await this.snapshot() : this.changed(pending);
        for (const client of this.clients) client.send(event);
      } catch {
        // the database is away: whoever watches gets a snapshot with the next change
        this.pending = { ...nothing(), anew: true };
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.pending = null;
    this.busy = false;
  }

  private changed({ metadata, rows, removed }: Pending): string {
    const event = {
      ...(metadata === null ? {} : { metadata }),
      ...(rows.size === 0 ? {} : { rows: [...rows.values()].sort((left, right) => left.position - right.position) }),
      ...(removed.size === 0 ? {} : { removed: [...removed.values()] }),
    };
    return eventText('change', { ...event, clock: this.clock() }, this.change);
  }

  private async snapshot(): Promise<string> {
    return this.database.read(async (tables) => {
      const competition = await liveCompetition(tables, this.competitionId);
      const metadata = await liveMetadata(tables, this.competitionId);
      const rows = await liveRows(tables, this.competitionId, null);
      const last = rows.reduce<number | null>((latest, { at_ms: atMs }) => (atMs !== null && atMs > (latest ?? 0) ? atMs : latest), null);
      this.lastFrameAtMs ??= last;
      this.appliedAtMs ??= competition?.changedAtMs ?? null;
      return eventText('snapshot', { competition: competition?.shown ?? null, metadata, rows, clock: this.clock() }, competition?.change ?? 0);
    });
  }

  private async presentChange(): Promise<number> {
    return (await this.database.read((tables) => liveCompetition(tables, this.competitionId)))?.change ?? 0;
  }

  private clock(): { last_frame_at_ms: number | null; applied_at_ms: number | null; now_ms: number } {
    return { last_frame_at_ms: this.lastFrameAtMs, applied_at_ms: this.appliedAtMs, now_ms: Date.now() };
  }
}

/** What of a commit is to be told. */
function note(pending: Pending, change: CommittedChange, book: Book): void {
  if (change.metadata) pending.metadata = liveMetadataOf(book);
  for (const [id, row] of liveRowsOf(book, change.teamIds)) {
    pending.rows.set(id, row);
    pending.removed.delete(id);
  }
  for (const id of change.removedTeamIds) {
    const team = book.teamById(id);
    if (team === undefined || book.timing.has(id)) continue;
    pending.removed.set(id, team.participantCode);
    pending.rows.delete(id);
  }
}
