import { AccessDenied, ApiClient } from './live/api.js';
import type { CompetitionEntry } from './live/api.js';
import { LiveView } from './live/live-view.svelte.js';
import { OurTeams } from './our-team.js';
import type { TeamMark } from './our-team.js';

/** How often the list of competitions is asked for: while there is none, and while one is shown, ms. */
const LIST_SOON_MS = 2_000;
const LIST_LATER_MS = 60_000;

const BEARER_KEY = 'lts.bearer';

/** What can stand in the way of the classification. */
export type Obstacle = 'none' | 'unreachable' | 'no-competition';

/** The page as a whole: which competition is shown, with which token, and which team is ours. */
export class Page {
  competitions: CompetitionEntry[] = $state.raw([]);
  view: LiveView | null = $state.raw(null);
  selectedCode: string | null = $state(null);
  ourTeam: TeamMark | null = $state.raw(null);
  needsKey = $state(false);
  keyProblem = $state('');
  obstacle: Obstacle = $state('none');

  readonly #api = new ApiClient(new URL(document.baseURI));
  readonly #storage = storageIfAllowed();
  readonly #ourTeams = new OurTeams(this.#storage);
  #bearer: string | null = this.#storage?.getItem(BEARER_KEY) ?? null;
  #listTimer: ReturnType<typeof setTimeout> | undefined;

  /** Begins with the competition of the address, else with the newest. */
  start(): void {
    addEventListener('hashchange', () => this.#followAddress());
    addEventListener('online', () => this.view?.hurry());
    this.#followAddress();
    void this.#list();
  }

  /** Shows another competition and puts it into the address. */
  choose(code: string): void {
    location.hash = `#/c/${encodeURIComponent(code)}`;
  }

  /** Marks a team as ours, or takes the mark away when it already is. */
  toggleOurTeam(mark: TeamMark, isOurs: boolean): void {
    this.ourTeam = isOurs ? null : mark;
    if (this.selectedCode !== null) this.#ourTeams.set(this.selectedCode, this.ourTeam);
  }

  /** Signs in with an API key and goes on where access was denied. */
  async signIn(key: string): Promise<void> {
    try {
      this.#remember(await this.#api.signIn(key));
      this.needsKey = false;
      this.keyProblem = '';
      await this.#list();
      if (this.view === null) this.#show(this.selectedCode);
    } catch (error) {
      this.keyProblem = error instanceof AccessDenied ? error.message : 'The API cannot be reached. Try again in a moment.';
    }
  }

  #deny(): void {
    if (this.#bearer !== null) this.keyProblem = 'The session has ended. Enter the key again.';
    this.#remember(null);
    this.needsKey = true;
    this.#show(null);
  }

  #remember(bearer: string | null): void {
    this.#bearer = bearer;
    try {
      if (bearer === null) this.#storage?.removeItem(BEARER_KEY);
      else this.#storage?.setItem(BEARER_KEY, bearer);
    } catch {
      // a full storage only means that the next visit asks for the key
    }
  }

  async #list(): Promise<void> {
    clearTimeout(this.#listTimer);
    try {
      this.competitions = await this.#api.competitions(this.#bearer);
      this.obstacle = this.competitions.length === 0 ? 'no-competition' : 'none';
      if (this.selectedCode === null) this.#select(this.competitions[0]?.code ?? null);
    } catch (error) {
      if (error instanceof AccessDenied) {
        this.#deny();
        return;
      }
      this.obstacle = 'unreachable';
    }
    this.#listTimer = setTimeout(() => void this.#list(), this.selectedCode === null ? LIST_SOON_MS : LIST_LATER_MS);
  }

  #followAddress(): void {
    const code = codeOfAddress(location.hash);
    if (code !== null) this.#select(code);
  }

  #select(code: string | null): void {
    if (code === null || code === this.selectedCode) return;
    this.selectedCode = code;
    this.ourTeam = this.#ourTeams.get(code);
    this.#show(code);
  }

  #show(code: string | null): void {
    this.view?.close();
    this.view = code === null || this.needsKey ? null : new LiveView(this.#api.liveUrl(code), this.#bearer, () => this.#deny());
  }
}

/** Competition code of an address like `#/c/CODE`; null for any other. */
function codeOfAddress(hash: string): string | null {
  const text = /^#\/c\/([^/]+)$/.exec(hash)?.[1];
  if (text === undefined) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The browser's storage; null where it is forbidden. */
function storageIfAllowed(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
