import type { FeedFrame } from '../feed/feed.js';
import { WebSocket } from 'ws';
import { FLOOD_PAGES, type LinkFault } from './link-faults.js';

/** A half-open link is given up after this time, since nothing tells that its client has gone. */
const HALF_OPEN_LIMIT_MS = 600_000;

/** The websocket of one client, with the faults that have struck it. */
export class Link {
  private skipsNext = false;
  private silentUntilMs = Number.NEGATIVE_INFINITY;
  private isHalfOpen = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly bufferBytes: number,
  ) {
    socket.on('error', () => socket.terminate());
  }

  /** Bytes that wait for the client; a half-open link keeps nobody waiting. */
  get waitingBytes(): number {
    return this.isHalfOpen ? 0 : this.socket.bufferedAmount;
  }

  get isTooSlow(): boolean {
    return this.waitingBytes > this.bufferBytes;
  }

  /** Sends the page to a client that has just come; `holdsNext` when the next frame is in it already. */
  welcome(page: string, holdsNext: boolean): void {
    this.socket.send(page);
    this.skipsNext = holdsNext;
  }

  /** @returns whether the frame was sent */
  send({ atMs, text }: FeedFrame): boolean {
    const skips = this.skipsNext || this.isHalfOpen || atMs < this.silentUntilMs || this.socket.readyState !== WebSocket.OPEN;
    this.skipsNext = false;
    if (!skips) this.socket.send(text);
    return !skips;
  }

  /** A sign of life without content. */
  keepAlive(): void {
    if (!this.isHalfOpen && this.socket.readyState === WebSocket.OPEN) this.socket.send('');
  }

  /** Lets a fault strike that comes with the frame of `atMs`; `page` is what a flood repeats. */
  strike({ kind, durationMs }: LinkFault, atMs: number, page: () => string | null): void {
    if (kind === 'cut') this.end();
    else if (kind === 'half-open') this.goDead();
    else if (kind === 'silent') this.silentUntilMs = atMs + durationMs;
    else this.flood(page());
  }

  end(): void {
    this.socket.terminate();
  }

  /** Nothing is sent and nothing is read, so that no ping is answered. */
  private goDead(): void {
    if (this.isHalfOpen) return;
    this.isHalfOpen = true;
    this.socket.pause();
    const limit = setTimeout(() => this.end(), HALF_OPEN_LIMIT_MS).unref();
    this.socket.once('close', () => clearTimeout(limit));
  }

  private flood(page: string | null): void {
    if (page === null || this.isHalfOpen || this.socket.readyState !== WebSocket.OPEN) return;
    for (let copies = 0; copies < FLOOD_PAGES && this.socket.bufferedAmount < this.bufferBytes / 2; copies += 1) this.socket.send(page);
  }
}
