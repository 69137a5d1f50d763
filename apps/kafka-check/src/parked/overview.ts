import type { ParkedMessage } from '@lts/messaging';

interface CompetitionOverview {
  waiting: number;
  /** When the first of those that wait was set apart, ISO 8601. */
  since: string;
  first: string;
  last: string;
  codes: Map<string, number>;
}

/** What was set apart from one topic, by competition. Memory: one entry for each competition and code. */
export class Overview {
  private readonly competitions = new Map<string, CompetitionOverview>();
  private waiting = 0;
  private replayed = 0;

  constructor(private readonly topic: string) {}

  add({ state, at, place, record: { key, code } }: ParkedMessage): void {
    if (state === 'replayed') this.replayed += 1;
    if (state !== 'waiting') return;
    this.waiting += 1;
    const known = this.competitions.get(key) ?? { waiting: 0, since: at, first: place.offset, last: place.offset, codes: new Map<string, number>() };
    this.competitions.set(key, known);
    known.waiting += 1;
    known.since = at < known.since ? at : known.since;
    known.last = place.offset;
    known.codes.set(code, (known.codes.get(code) ?? 0) + 1);
  }

  lines(): string[] {
    const { waiting, replayed, topic } = this;
    const heading = `${topic}: ${waiting} ${waiting === 1 ? 'waits' : 'wait'}${replayed === 0 ? '' : `, ${replayed} replayed`}`;
    return [heading, ...[...this.competitions].sort(byName).map(([competition, overview]) => `  ${competition === '' ? '(no key)' : competition}: ${lineOf(overview)}`)];
  }
}

function lineOf({ waiting, since, first, last, codes }: CompetitionOverview): string {
  const reasons = [...codes].sort(byName).map(([code, count]) => `${code} ${count}`);
  return `${waiting} since ${since}, ${reasons.join(', ')}, ${first === last ? `offset ${first}` : `offsets ${first} to ${last}`}`;
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : 1;
}
