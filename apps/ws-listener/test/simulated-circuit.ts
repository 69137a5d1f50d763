import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Server, createServer as createSite } from 'node:http';
import { type AddressInfo, type Server as Door, type Socket, connect, createServer as createDoor } from 'node:net';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const simulator = resolve(dirname(fileURLToPath(import.meta.url)), '../../simulator');

/** What happens at the port of the websocket. */
export type DoorState = 'refuses' | 'closes at once' | 'open';

/**
 * The simulator as a process of its own, behind a site that serves its page and its poll as they are, and a door to its
 * websocket that can be shut.
 */
export class SimulatedCircuit {
  private door: Door | null = null;
  private readonly through = new Set<Socket>();

  private constructor(
    private readonly process: ChildProcess,
    private readonly port: number,
    private readonly site: Server,
    private readonly base: number,
  ) {}

  static async start(...flags: string[]): Promise<SimulatedCircuit> {
    const process_ = spawn(process.execPath, ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'src/main.ts', '--port', '0', ...flags], { cwd: simulator, stdio: ['ignore', 'ignore', 'pipe'] });
    const port = await portOfSimulator(process_);
    const probe = createDoor();
    await once(probe.listen(0, '127.0.0.1'), 'listening');
    const base = portOf(probe) - 2;
    await new Promise((done) => probe.close(done));
    const site = createSite((request, response) => {
      const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
      if (url.searchParams.get('port') === String(base + 4)) url.searchParams.set('port', String(port + 2));
      void fetch(url)
        .then(async (answer) => {
          const text = await answer.text();
          response.writeHead(answer.status).end(url.pathname.endsWith('config.js') ? text.replace(String(port - 2), String(base)) : text);
        })
        .catch(() => response.destroy());
    });
    await once(site.listen(0, '127.0.0.1'), 'listening');
    return new SimulatedCircuit(process_, port, site, base);
  }

  get page(): string {
    return `http://127.0.0.1:${portOf(this.site)}/demo/`;
  }

  /** The simulator's own websocket, behind the door. */
  get uri(): string {
    return `ws://127.0.0.1:${this.port}/`;
  }

  async setDoor(state: DoorState): Promise<void> {
    const { door } = this;
    this.door = null;
    for (const socket of this.through) socket.destroy();
    if (door !== null) await new Promise((done) => door.close(done));
    if (state === 'refuses') return;
    this.door = createDoor((near) => {
      const far = connect(this.port, '127.0.0.1');
      for (const [socket, other] of [[near, far], [far, near]] as const) {
        this.through.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          this.through.delete(socket);
          other.destroy();
        });
      }
      near.pipe(far);
      far.pipe(near);
      if (state === 'closes at once') far.once('data', () => setImmediate(() => near.end()));
    });
    await once(this.door.listen(this.base + 2, '127.0.0.1'), 'listening');
  }

  async stop(): Promise<void> {
    await this.setDoor('refuses');
    this.site.closeAllConnections();
    await new Promise((done) => this.site.close(done));
    const gone = once(this.process, 'close');
    this.process.kill('SIGKILL');
    await gone;
  }
}

async function portOfSimulator(process_: ChildProcess): Promise<number> {
  let said = '';
  for await (const chunk of process_.stderr ?? []) {
    said += String(chunk);
    const port = /"uri":"ws:\/\/127\.0\.0\.1:(\d+)\/"/.exec(said)?.[1];
    if (port !== undefined) {
      process_.stderr?.resume();
      return Number(port);
    }
  }
  throw new Error(`The simulator did not start: ${said}`);
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}
