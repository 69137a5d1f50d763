import { PipelineError } from '@lts/contracts';
import type { Web, WebPage } from '@lts/timing-providers';
import { linkReason } from './link-reason.js';
import { withoutSecrets } from './link-target.js';

const MOST_REDIRECTS = 5;
const GONE: ReadonlySet<number> = new Set([404, 410]);
/** Headers that are for the host of the given address alone. */
const PERSONAL: ReadonlySet<string> = new Set(['authorization', 'cookie']);

/** How much of the web may be read, and how long it may take. */
export interface WebLimits {
  /** Limit of one reading with all its redirects, ms. */
  readMs: number;
  /** Largest page, bytes. */
  maxBytes: number;
  /** Ends what is being read. */
  signal: AbortSignal;
}

/** The web within limits: time, size, and number of redirects. */
export class CircuitWeb implements Web {
  constructor(
    private readonly headers: Readonly<Record<string, string>>,
    private readonly limits: WebLimits,
  ) {}

  /** @throws PipelineError `LTS_CIRCUIT_UNREACHABLE` */
  async read(address: URL): Promise<WebPage | null> {
    const { readMs, signal } = this.limits;
    const time = new AbortController();
    const end = (): void => time.abort();
    const timer = setTimeout(end, readMs);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      return await this.follow(address, time.signal);
    } catch (error) {
      if (error instanceof PipelineError) throw error;
      throw unreachable(address, time.signal.aborted ? `does not answer within ${readMs} ms` : `cannot be read: ${linkReason(error)}`, error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  }

  private async follow(from: URL, signal: AbortSignal): Promise<WebPage | null> {
    let address = from;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await fetch(withoutUser(address), { headers: this.headersFor(address, from), redirect: 'manual', signal });
      const location = response.headers.get('location');
      const isRedirect = response.status >= 300 && response.status < 400 && location !== null;
      if (!isRedirect) return this.pageOf(response, address);
      await response.body?.cancel();
      if (!URL.canParse(location, address.href)) break;
      address = new URL(location, address);
    }
    throw unreachable(from, 'is moved from place to place without an end');
  }

  /** A user in the address becomes a header, since `fetch` refuses it there. */
  private headersFor(address: URL, from: URL): [string, string][] {
    const isElsewhere = address.host !== from.host;
    const headers = Object.entries(this.headers).filter(([name]) => !isElsewhere || !PERSONAL.has(name.toLowerCase()));
    if (address.username === '') return headers;
    const user = Buffer.from(`${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`).toString('base64');
    return [...headers.filter(([name]) => name.toLowerCase() !== 'authorization'), ['authorization', `Basic ${user}`]];
  }

  private async pageOf(response: Response, address: URL): Promise<WebPage | null> {
    if (response.ok) return { address, text: await this.textOf(response, address) };
    await response.body?.cancel();
    if (GONE.has(response.status)) return null;
    throw unreachable(address, `answers with status ${response.status}`);
  }

  private async textOf({ body }: Response, address: URL): Promise<string> {
    const chunks: Uint8Array[] = [];
    const parts: AsyncIterable<unknown> | Iterable<unknown> = body ?? [];
    let bytes = 0;
    for await (const chunk of parts) {
      if (!(chunk instanceof Uint8Array)) continue;
      bytes += chunk.byteLength;
      if (bytes > this.limits.maxBytes) throw unreachable(address, `is larger than ${this.limits.maxBytes} bytes`, new RangeError('too large'));
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

function withoutUser(address: URL): URL {
  const clean = new URL(address);
  clean.username = '';
  clean.password = '';
  return clean;
}

function unreachable(address: URL, what: string, cause?: unknown): PipelineError {
  return new PipelineError('LTS_CIRCUIT_UNREACHABLE', `${withoutSecrets(address.href)} ${what}.`, { cause });
}
