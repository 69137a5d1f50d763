import { PipelineError } from '@lts/contracts';
import type { WatermarkSource } from '@lts/init-lock';

/** Where the REST API is and how to speak to it. */
export interface ApiAccess {
  readonly apiLts: string;
  readonly apiKey?: string;
  /** Limit of one request, ms. */
  readonly apiTimeoutMs: number;
}

interface Answer {
  status: number;
  text: string;
}

/** The REST API as the one that knows how far a competition is stored. */
export class ApiWatermarks implements WatermarkSource {
  private bearer: string | null = null;

  constructor(private readonly access: ApiAccess) {}

  /**
   * Last frame of the competition that the API has, or null when it has none.
   *
   * @throws PipelineError `LTS_API_UNAVAILABLE` or `LTS_API_UNAUTHORISED`, which pass by themselves
   */
  async watermark(competition: string): Promise<string | null> {
    const path = `/v1/c/~${encodeURIComponent(competition)}/watermark`;
    const first = await this.request(path, {});
    const answer = isRefused(first) && (await this.signIn()) ? await this.request(path, {}) : first;
    if (isRefused(answer)) throw this.refusal();
    const found = field(this.bodyOf(answer), 'api-sender');
    return typeof found === 'string' ? found : null;
  }

  /** @returns false when there is no key to sign in with */
  private async signIn(): Promise<boolean> {
    const { apiKey } = this.access;
    if (apiKey === undefined) return false;
    this.bearer = null;
    const answer = await this.request('/v1/auth', { method: 'POST', body: JSON.stringify({ key: apiKey }) });
    if (isRefused(answer)) throw this.refusal();
    const bearer = field(this.bodyOf(answer), 'bearer');
    this.bearer = typeof bearer === 'string' ? bearer : null;
    return this.bearer !== null;
  }

  private async request(path: string, options: { method?: string; body?: string }): Promise<Answer> {
    const { apiLts, apiTimeoutMs } = this.access;
    const headers = {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(this.bearer === null ? {} : { authorization: `Bearer ${this.bearer}` }),
    };
    try {
      const response = await fetch(`${apiLts.replace(/\/+$/, '')}${path}`, { ...options, headers, signal: AbortSignal.timeout(apiTimeoutMs) });
      // read also when it is of no use: an answer left unread holds its connection
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw this.unavailable('does not answer', error);
    }
  }

  private bodyOf({ status, text }: Answer): unknown {
    if (status < 200 || status > 299) throw this.unavailable(`answers with status ${status}`);
    try {
      return JSON.parse(text);
    } catch (error) {
      throw this.unavailable('answers with something that is no JSON', error);
    }
  }

  private unavailable(what: string, cause?: unknown): PipelineError {
    return new PipelineError('LTS_API_UNAVAILABLE', `The REST API at ${this.access.apiLts} ${what}. Start it, or correct --api_lts.`, { cause });
  }

  private refusal(): PipelineError {
    return new PipelineError('LTS_API_UNAUTHORISED', `The REST API at ${this.access.apiLts} refuses the key. Give the API's batch key as --api_key.`);
  }
}

function isRefused(answer: Answer): boolean {
  return answer.status === 401 || answer.status === 403;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
