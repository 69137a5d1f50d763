import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A ping follows after so many frames; its answer says that the frames before it have been received. */
const PING_EVERY = 20;
/** Frames sent beyond the last answer. */
const MOST_UNANSWERED = 60;

/** Frames sent over one link: `from` to `sent` (not included), of which those below `received` certainly arrived. */
export interface SentOverLink {
  from: number;
  received: number;
  sent: number;
}

interface Race {
  frames: readonly string[];
  socket: WebSocket | null;
  links: SentOverLink[];
}

/**
 * Circuits that send given frames to whoever listens, the path of the address naming the race. What it sends while nobody
 * receives is lost, as with a real one; it knows how much that can be at most.
 */
export class ReplayingCircuit {
  private readonly races = new Map<string, Race>();
  private readonly server = new WebSocketServer({ host: '127.0.0.1', port: 0 });

  private constructor(races: Readonly<Record<string, readonly string[]>>) {
    for (const [name, frames] of Object.entries(races)) this.races.set(name, { frames, socket: null, links: [] });
    this.server.on('connection', (socket, request) => this.connected((request.url ?? '').slice(1), socket));
  }

  static async open(races: Readonly<Record<string, readonly string[]>>): Promise<ReplayingCircuit> {
    const circuit = new ReplayingCircuit(races);
    await once(circuit.server, 'listening');
    return circuit;
  }

  /** Address of each race's websocket. */
  get uris(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return Object.fromEntries([...this.races.keys()].map((name) => [name, `ws://127.0.0.1:${port}/${name}`]));
  }

  /** What was sent of a race, link by link. */
  linksOf(name: string): readonly SentOverLink[] {
    return this.race(name).links;
  }

  /**
   * Sends the frames of a race up to number `until` (not included), as fast as they are received; waits while nobody listens.
   * A link that breaks takes what was on its way with it.
   */
  async play(name: string, until: number): Promise<void> {
    const race = this.race(name);
    while (nextOf(race) < until || receivedOf(race) < nextOf(race)) {
      const { socket } = race;
      const link = race.links.at(-1);
      const mayGoOn = socket !== null && link !== undefined && link.sent < until && link.sent - link.received < MOST_UNANSWERED;
      if (mayGoOn) send(race, socket, link, until);
      else if (nextOf(race) >= until && socket === null) return;
      await new Promise((resume) => setTimeout(resume, mayGoOn ? 0 : 2));
    }
  }

  async close(): Promise<void> {
    for (const client of this.server.clients) client.terminate();
    await new Promise((closed) => this.server.close(closed));
  }

  private race(name: string): Race {
    const race = this.races.get(name);
    if (race === undefined) throw new Error(`There is no race ${name}.`);
    return race;
  }

  private connected(name: string, socket: WebSocket): void {
    const race = this.race(name);
    const from = nextOf(race);
    const link = { from, received: from, sent: from };
    race.links.push(link);
    race.socket = socket;
    socket.on('pong', (answer) => (link.received = Math.max(link.received, Number(answer.toString()))));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (race.socket === socket) race.socket = null;
    });
  }
}

function nextOf({ links }: Race): number {
  return links.at(-1)?.sent ?? 0;
}

function receivedOf({ links }: Race): number {
  return links.at(-1)?.received ?? 0;
}

function send(race: Race, socket: WebSocket, link: SentOverLink, until: number): void {
  const end = Math.min(until, link.sent + PING_EVERY);
  for (const frame of race.frames.slice(link.sent, end)) socket.send(frame);
  link.sent = end;
  socket.ping(String(end));
}
