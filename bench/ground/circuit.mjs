import { WebSocketServer } from 'ws';

const MOST_WAITING_BYTES = 1_000_000;

/** A circuit that sends its frames to whoever connects, as fast as they are read. */
export class FastCircuit {
  #server;

  constructor(frames) {
    this.frames = frames.map(({ text }) => Buffer.from(text));
  }

  async listen() {
    this.#server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    this.#server.on('connection', (socket) => void this.#send(socket));
    await new Promise((resolve) => this.#server.once('listening', resolve));
    return `ws://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  async #send(socket) {
    for (const frame of this.frames) {
      socket.send(frame, { binary: false });
      while (socket.bufferedAmount > MOST_WAITING_BYTES && socket.readyState === socket.OPEN) await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}
