import { WebSocketServer } from 'ws';

/** Now, Unix ms with a fraction. */
export const nowMs = () => performance.timeOrigin + performance.now();

/** Race time that goes by quickly at first, so that the field is on its laps and no stage is cold, ms. */
const RUSHED_MS = 600_000;

/** A circuit with one client: sends the page at once and the updates at the pace of the race, and notes when. */
export class PacedCircuit {
  /** When each frame was handed to the socket, in order; Unix ms with a fraction. */
  sentAtMs = [];
  /** Frames that went before those at the pace of the race. */
  rushed = 0;
  #server;
  #client;

  constructor(frames) {
    [this.page, ...this.updates] = frames;
  }

  async listen() {
    this.#server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    this.#client = new Promise((resolve) => {
      this.#server.once('connection', (socket) => {
        this.#send(socket, this.page.text);
        resolve(socket);
      });
    });
    await new Promise((resolve) => this.#server.once('listening', resolve));
    return `ws://127.0.0.1:${this.#server.address().port}`;
  }

  /** Sends the first ten minutes of the race in a few seconds. */
  async rush() {
    const socket = await this.#client;
    const endMs = this.updates[0].atMs + RUSHED_MS;
    while (this.updates[0].atMs < endMs) {
      this.#send(socket, this.updates.shift().text);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    this.rushed = this.sentAtMs.length;
  }

  /** Sends updates for so long. @param speed 1 is the race's own pace */
  async race(seconds, speed) {
    const socket = await this.#client;
    const [first] = this.updates;
    const startMs = nowMs();
    for (const { atMs, text } of this.updates) {
      const dueMs = startMs + (atMs - first.atMs) / speed;
      if (dueMs > startMs + seconds * 1_000) return;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - nowMs())));
      this.#send(socket, text);
    }
  }

  close() {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #send(socket, text) {
    this.sentAtMs.push(nowMs());
    socket.send(Buffer.from(text), { binary: false });
  }
}
