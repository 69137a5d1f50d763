import { fieldsOf, listOf, textOf } from './messages.js';

/** A competition the API knows. */
export interface CompetitionEntry {
  code: string;
  name: string;
}

/** The API does not let this page read: a key is needed, or the given one is not (or no longer) valid. */
export class AccessDenied extends Error {
  override readonly name = AccessDenied.name;
}

/** Most competitions offered for choice: the newest ones. */
export const MAX_COMPETITIONS = 200;

/** The few requests of the page besides the live stream. */
export class ApiClient {
  readonly #base: URL;

  /** @param base address of the page; the API lives below it in `v1/` */
  constructor(base: URL) {
    this.#base = new URL('v1/', base);
  }

  /** Address of the live stream of a competition. */
  liveUrl(code: string): URL {
    return new URL(`c/~${encodeURIComponent(code)}/live`, this.#base);
  }

  /**
   * Lists the competitions, newest first.
   * @throws AccessDenied when the API wants a key
   * @throws TypeError when the API cannot be reached
   */
  async competitions(bearer: string | null): Promise<CompetitionEntry[]> {
    const response = await fetch(new URL('c', this.#base), { headers: bearer === null ? {} : { Authorization: `Bearer ${bearer}` }, cache: 'no-store' });
    if (response.status === 401 || response.status === 403) throw new AccessDenied('The API does not let this page read.');
    if (!response.ok) throw new TypeError(`The API answers ${response.status}.`);
    const entries = listOf(await response.json()).map(entryOf).filter((entry) => entry.code !== '');
    return entries.slice(-MAX_COMPETITIONS).reverse();
  }

  /**
   * Changes an API key into a token for the Authorization header.
   * @throws AccessDenied when the API does not know the key
   * @throws TypeError when the API cannot be reached
   */
  async signIn(key: string): Promise<string> {
    const response = await fetch(new URL('auth', this.#base), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ key }) });
    if (response.status === 401 || response.status === 403 || response.status === 422) throw new AccessDenied('The API does not know this key.');
    if (!response.ok) throw new TypeError(`The API answers ${response.status}.`);
    return textOf(fieldsOf(await response.json())['bearer']);
  }
}

function entryOf(value: unknown): CompetitionEntry {
  const fields = fieldsOf(value);
  const code = textOf(fields['competition_code']);
  const name = textOf(fields['name']);
  return { code, name: name === '' ? code : name };
}
