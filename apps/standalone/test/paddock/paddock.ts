import type { Action, Participant } from '@lts/race-actions';
import type { FeedFold, FeedFrame, FoldOutcome, PollNews, TimingProvider } from '@lts/timing-providers';

interface Kart {
  number: string;
  team: string;
  laps: number;
}

interface State {
  session: number;
  karts: Kart[];
}

const MOST_KARTS = 500;
const LONGEST_TEXT = 200;

/** Invented: each frame is a JSON text, `{"paddock":"page",…}` with the whole state or `{"paddock":"lap",…}`. */
export const paddock: TimingProvider = {
  name: 'paddock',
  ownsAddress: ({ pathname }) => pathname.startsWith('/paddock/'),
  reach: async (address, web) => {
    const feed = fieldsOf((await web.read(new URL('feed.json', address)))?.text ?? '');
    if (typeof feed['socket'] !== 'string') return { fault: `${address.origin}${address.pathname} is no page of a paddock. Copy its address from the browser.` };
    const poll = { pauseMs: 5_000, retryMs: 10_000, reloadMs: 1_000, start: () => ({ request: () => new URL('news.json', address), take: newsOf }) };
    return { ways: { sockets: [feed['socket']], poll } };
  },
  recognises: (text) => typeof fieldsOf(text)['paddock'] === 'string',
  startsPage: (text) => fieldsOf(text)['paddock'] === 'page',
  endsPage: (text) => fieldsOf(text)['paddock'] === 'page',
  newFold: () => new PaddockFold({ session: 0, karts: [] }),
  restoreFold: (snapshot) => new PaddockFold(snapshot as State),
};

class PaddockFold implements FeedFold {
  constructor(private readonly state: State) {}

  apply({ atMs, text }: FeedFrame): FoldOutcome {
    const { paddock: kind, title, karts, kart, ms } = fieldsOf(text);
    const actions = kind === 'page' ? this.page(textOf(title), kartsOf(karts)) : this.lap(textOf(kart), typeof ms === 'number' ? ms : null, atMs);
    const isKnown = actions.length > 0;
    return { session: this.state.session, actions, counts: { lines: 1, unknown: isKnown ? 0 : 1 }, unknownLines: isKnown ? [] : [{ index: 0, text: text.slice(0, LONGEST_TEXT) }], warnings: [] };
  }

  snapshot(): State {
    return structuredClone(this.state);
  }

  view(): State {
    return this.snapshot();
  }

  private page(title: string, karts: Kart[]): Action[] {
    const { state } = this;
    const isNew = state.session === 0;
    if (isNew) state.session = 1;
    state.karts = karts;
    const facts = { session: state.session, stage: 'race', stage_text: title, title1: title, title2: '', track: null, ranking: 'laps' } as const;
    const page = { ...facts, status: 'ongoing', flag: null, remaining_length: null, participants: karts.map(participantOf), parsers_settings: {} } as const;
    return [...(isNew ? [{ type: 'start-session', data: facts } as const] : []), { type: 'initialize', data: page }];
  }

  private lap(number: string, timeMs: number | null, atMs: number): Action[] {
    const kart = this.state.karts.find((known) => known.number === number);
    if (kart === undefined) return [];
    kart.laps += 1;
    const lap = { ordinal: kart.laps, lap: kart.laps, time_ms: timeMs, driver: null, at_ms: atMs, sectors: [], in_lap: false, out_lap: false, valid: true, reason: null };
    return [{ type: 'add-lap', data: { participant_code: `k${number}`, ...lap } }];
  }
}

function kartsOf(value: unknown): Kart[] {
  const karts: unknown[] = Array.isArray(value) ? value.slice(0, MOST_KARTS) : [];
  return karts.map(Object).map(({ number, team, laps }: Record<string, unknown>) => ({ number: textOf(number), team: textOf(team), laps: typeof laps === 'number' ? laps : 0 }));
}

function participantOf({ number, team, laps }: Kart, index: number): Participant {
  const told = { participant_code: `k${number}`, position: index + 1, kart_number: /^\d{1,9}$/.test(number) ? Number(number) : null, number_text: number, team_name: team, laps };
  return { ...told, driver_name: null, last_time: null, best_time: null, gap: null, interval: null, number_pits: 0, pit_time: null, state: 'running' };
}

function newsOf(answer: string): PollNews {
  return answer === '' ? { kind: 'nothing' } : { kind: 'frame', text: answer };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : '';
}

function fieldsOf(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
