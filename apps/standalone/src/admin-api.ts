import { PipelineError } from '@lts/contracts';

/** The few requests that standalone makes to its own REST API as its administrator. */
export class AdminApi {
  private bearer: string | null = null;

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Last frame of the competition that is stored, null when none is. */
  async watermark(competition: string): Promise<string | null> {
    const found = await this.request('GET', `/v1/c/~${encodeURIComponent(competition)}/watermark`);
    const frame = fieldOf(found, 'api-sender');
    return typeof frame === 'string' ? frame : null;
  }

  /** Codes of all competitions, oldest first. */
  async competitions(): Promise<string[]> {
    const found = await this.request('GET', '/v1/c');
    const codes = Array.isArray(found) ? found.map((competition: unknown) => fieldOf(competition, 'competition_code')) : [];
    return codes.filter((code) => typeof code === 'string');
  }

  /** Removes a competition with all that belongs to it. */
  async remove(competition: string): Promise<void> {
    await this.request('DELETE', `/v1/c/~${encodeURIComponent(competition)}`);
  }

  private async request(method: string, path: string): Promise<unknown> {
    this.bearer ??= await this.signIn();
    const answer = await fetch(`${this.url}${path}`, { method, headers: { authorization: `Bearer ${this.bearer}` } });
    if (!answer.ok) throw new PipelineError('LTS_API_REJECTED', `The REST API answers ${method} ${path} with status ${answer.status}.`);
    return answer.json();
  }

  private async signIn(): Promise<string> {
    const answer = await fetch(`${this.url}/v1/auth`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key: this.key }) });
    const bearer = fieldOf(await answer.json(), 'bearer');
    if (typeof bearer !== 'string') throw new PipelineError('LTS_API_UNAUTHORISED', 'The REST API refuses its own administrator. Remove api-keys.json from the data folder, or correct API_ADMIN_KEY.');
    return bearer;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
