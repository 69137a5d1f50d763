import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpService } from '@nestjs/axios';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import axios, { type AxiosResponse } from 'axios';
import { type BatchAnswer, type BatchRequest, PipelineError, type Writer } from '@lts/contracts';
import { type ApiCompetition, type NewCompetition, type ParserSetting, isBatchAnswer, isCompetition, isParserSetting, isTrack, isWatermarks, textIn } from './answers.js';
import type { ApiAccess } from './api-access.js';
import { ApiRejection } from './api-rejection.js';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Connections kept open to the API. */
const MOST_CONNECTIONS = 8;

/**
 * The REST API as the stages use it. Signs in by itself, also again after the bearer has ended.
 *
 * Every call throws PipelineError: `LTS_API_UNAVAILABLE` (no answer, or status 5xx) and `LTS_API_UNAUTHORISED` pass by
 * themselves and are worth another try; `ApiRejection` (`LTS_API_REJECTED`, status 4xx) is not.
 */
@Injectable()
export class LtsApiClient implements OnModuleDestroy {
  private readonly http: HttpService;
  private readonly agents = [new HttpAgent({ keepAlive: true, maxSockets: MOST_CONNECTIONS }), new HttpsAgent({ keepAlive: true, maxSockets: MOST_CONNECTIONS })] as const;
  private bearer: string | null = null;

  constructor(private readonly access: ApiAccess) {
    this.http = new HttpService(
      axios.create({
        baseURL: access.apiLts.replace(/\/+$/, ''),
        timeout: access.apiTimeoutMs,
        httpAgent: this.agents[0],
        httpsAgent: this.agents[1],
        maxBodyLength: Number.POSITIVE_INFINITY,
        validateStatus: () => true,
      }),
    );
  }

  /** Applies operations of whole frames. */
  async batch(request: BatchRequest): Promise<BatchAnswer> {
    const answer = await this.request('POST', '/v1/batch', request);
    return this.expected(answer, isBatchAnswer);
  }

  /** Last frame that the writer has applied, null when there is none (also of a competition that the API does not know). */
  async watermark(competition: string, writer: Writer = 'api-sender'): Promise<string | null> {
    const answer = await this.request('GET', `${pathOf(competition)}/watermark`);
    return this.expected(answer, isWatermarks)[writer] ?? null;
  }

  /** The competition, null when the API has none of that code. */
  async competition(code: string): Promise<ApiCompetition | null> {
    const answer = await this.request('GET', pathOf(code));
    return isCompetition(answer) ? answer : null;
  }

  /** @throws ApiRejection 400 also when there is one of that code already */
  async createCompetition(competition: NewCompetition): Promise<ApiCompetition> {
    return this.expected(await this.request('POST', '/v1/c', competition), isCompetition);
  }

  /** Id of the track of that name; it is made when there is none. */
  async trackId(name: string): Promise<number> {
    return (await this.knownTrackId(name)) ?? (await this.newTrackId(name));
  }

  /** All settings of the competition's parser; none for a competition that the API does not know. */
  async parserSettings(competition: string): Promise<ParserSetting[]> {
    const answer = await this.request('GET', `${pathOf(competition)}/parsers/settings`);
    return Array.isArray(answer) ? answer.filter((setting: unknown) => isParserSetting(setting)) : [];
  }

  onModuleDestroy(): void {
    for (const agent of this.agents) agent.destroy();
  }

  private async knownTrackId(name: string): Promise<number | null> {
    const answer = await this.request('GET', '/v1/tracks');
    const tracks: unknown[] = Array.isArray(answer) ? answer : [];
    return tracks.filter((track) => isTrack(track)).find((track) => track.name === name)?.id ?? null;
  }

  /** Another instance may make the same track at this moment. */
  private async newTrackId(name: string): Promise<number> {
    try {
      return this.expected(await this.request('POST', '/v1/tracks', { name }), isTrack).id;
    } catch (error) {
      const known = error instanceof ApiRejection ? await this.knownTrackId(name) : null;
      if (known === null) throw error;
      return known;
    }
  }

  private async request(method: Method, path: string, body?: object): Promise<unknown> {
    let response = await this.send(method, path, body);
    if (isRefused(response) && (await this.signIn())) response = await this.send(method, path, body);
    if (isRefused(response)) throw this.refusal();
    if (response.status >= 500) throw this.unavailable(`answers with status ${response.status}`);
    if (response.status >= 400) throw new ApiRejection(response.status, reasonOf(response.data), `${method} ${path}`);
    return response.data;
  }

  private async send(method: Method, path: string, body?: object): Promise<AxiosResponse<unknown>> {
    try {
      return await this.http.axiosRef.request<unknown>({
        method,
        url: path,
        ...(body === undefined ? {} : { data: body }),
        ...(this.bearer === null ? {} : { headers: { authorization: `Bearer ${this.bearer}` } }),
      });
    } catch (error) {
      throw this.unavailable('does not answer', error);
    }
  }

  /** @returns false when there is no key to sign in with */
  private async signIn(): Promise<boolean> {
    const { apiKey } = this.access;
    if (apiKey === undefined) return false;
    this.bearer = null;
    const response = await this.send('POST', '/v1/auth', { key: apiKey });
    if (response.status >= 500) throw this.unavailable(`answers with status ${response.status}`);
    this.bearer = textIn(response.data, 'bearer');
    if (this.bearer === null) throw this.refusal();
    return true;
  }

  private expected<Answer>(answer: unknown, is: (value: unknown) => value is Answer): Answer {
    if (!is(answer)) throw this.unavailable('answers with something else than it should');
    return answer;
  }

  /** The cause of axios holds the request with its bearer, so only its message is kept. */
  private unavailable(what: string, cause?: unknown): PipelineError {
    const reason = axios.isAxiosError(cause) ? ` (${cause.code ?? cause.message})` : '';
    return new PipelineError('LTS_API_UNAVAILABLE', `The REST API at ${this.access.apiLts} ${what}${reason}. Start it, or correct --api_lts.`);
  }

  private refusal(): PipelineError {
    return new PipelineError('LTS_API_UNAUTHORISED', `The REST API at ${this.access.apiLts} refuses the key. Give the API's batch key as --api_key.`);
  }
}

function pathOf(competition: string): string {
  return `/v1/c/~${encodeURIComponent(competition)}`;
}

function isRefused(response: AxiosResponse<unknown>): boolean {
  return response.status === 401 || response.status === 403;
}

/** The sentence of the API's error, in either of its forms. */
function reasonOf(answer: unknown): string {
  return (textIn(answer, 'message') ?? JSON.stringify(answer)).slice(0, 500);
}
