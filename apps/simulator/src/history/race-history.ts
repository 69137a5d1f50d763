import type { TruthRecord } from '@lts/race-simulator';
import { SessionHistory } from './session-history.js';

/** Sessions kept; the oldest are forgotten. */
const MOST_SESSIONS = 20;
/** Answer to a request that cannot be understood. */
const ERROR = 'error';

/** What the provider keeps of a circuit's sessions, and its answers to history requests. */
export class RaceHistory {
  /** Oldest first, the last one running. */
  private readonly sessions: { id: number; history: SessionHistory }[] = [];
  private lastId = 0;

  add(record: TruthRecord): void {
    if (record.kind !== 'session') this.sessions.at(-1)?.history.add(record);
    else {
      this.sessions.push({ id: (this.lastId += 1), history: new SessionHistory(record) });
      if (this.sessions.length > MOST_SESSIONS) this.sessions.shift();
    }
  }

  /** Keeps the page with which the present session ended. */
  ended(page: string): void {
    const running = this.sessions.at(-1);
    if (running !== undefined) running.history.finalPage = page;
  }

  /**
   * Answer to a request: `S#` lists the finished sessions, `S#<id>` gives the final page of one, `D#<n>#D<row>.<part>#…`
   * lines of rows of the running session, with `S#<id>#` in front those of a stored one.
   */
  answer(request: string): string {
    const stored = /^S#(?<id>\d+)(?:#(?<rest>D#.*))?$/.exec(request)?.groups;
    if (request === 'S#') return this.list();
    if (stored !== undefined) return this.ofStored(Number(stored['id']), stored['rest']);
    return request.startsWith('D#') ? linesOf(this.sessions.at(-1)?.history, request) : ERROR;
  }

  private list(): string {
    const finished = this.sessions.filter(({ history }) => history.finalPage !== null).reverse();
    return finished.map(({ id, history }) => `${id}#${history.session.stage.toUpperCase()}\n`).join('');
  }

  private ofStored(id: number, rest: string | undefined): string {
    const found = this.sessions.find((session) => session.id === id)?.history;
    if (found?.finalPage === null || found === undefined) return ERROR;
    return rest === undefined ? `${id}@0@${found.finalPage}` : linesOf(found, rest);
  }
}

/** Lines of a chain `D#<n>#D<row>.<part>#<n>#D<row>.<part>…`. */
function linesOf(session: SessionHistory | undefined, request: string): string {
  const [, ...words] = request.split('#');
  const lines: string[] = [];
  for (let place = 0; place + 1 < words.length; place += 2) lines.push(...(session?.lines(words[place + 1] ?? '', Math.abs(Number(words[place])) || 1) ?? []));
  return lines.map((line) => `${line}\n`).join('');
}
