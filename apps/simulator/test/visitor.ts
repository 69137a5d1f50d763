import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A client of a circuit that keeps what it hears. */
export class Visitor {
  readonly heard: string[] = [];
  isClosed = false;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (message: Buffer) => this.heard.push(message.toString()));
    socket.on('close', () => (this.isClosed = true));
    socket.on('error', () => undefined);
  }

  static async join(uri: string): Promise<Visitor> {
    const visitor = new Visitor(new WebSocket(uri));
    await once(visitor.socket, 'open');
    return visitor;
  }

  async hears(count: number): Promise<string[]> {
    while (this.heard.length < count) await once(this.socket, 'message');
    return this.heard;
  }

  leave(): void {
    this.socket.terminate();
  }
}

/** Waits for something to become true. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resume) => setTimeout(resume, 10));
}
