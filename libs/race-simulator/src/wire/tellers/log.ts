import type { Entry } from '../../model/entry.js';
import type { Penalty, Warning } from '../../model/race-event.js';
import { type FeedState, rowOf, say, sayApart } from '../feed-state.js';
import { lapsBehindText, minutesSecondsText, wallClockText } from '../texts.js';
import { tellCount } from './counts.js';

/** The log is cut at this length: the whole of it is sent at each change. */
const LOG_ENTRIES = 60;
const TICKER_AFTER_MS = 5_000;
const TICKER_FOR_MS = 20_000;

/** Adds an entry to the race-control log and sends all of it, newest first. */
export function log(state: FeedState, flag: string, text: string, entry?: Entry): void {
  const number = entry === undefined ? '' : `<span class="com_no ${numberClass(state, entry)}">${shownNumber(state, entry)}</span>`;
  state.log = [`<p><b>${wallClockText(state.nowMs, state.dialect.gmtHours)}</b><span data-flag="${flag}"></span>${number}${text}</p>`, ...state.log].slice(0, LOG_ENTRIES);
  state.board.head('com', '', state.log.join(''));
}

/** A penalty: the log, later the ticker, and the column where there is one. A lap is taken at once. */
export function tellPenalty(state: FeedState, penalty: Penalty): void {
  const { amount, entry, reason } = penalty;
  const { language } = state.dialect;
  const row = rowOf(state, entry);
  if ('laps' in amount) {
    state.board.set(row.id, 'penalty', 'pena1', amount.laps === 1 ? language.lapPenalty : lapsBehindText(amount.laps, language));
    tellCount(state, row);
    state.board.mark(row.id, '*', `${row.expectedMs ?? ''}|`);
  } else if ('seconds' in amount) state.board.set(row.id, 'penalty', 'pena1', `${amount.seconds}.000`);
  log(state, 'penalty', `${language.penalty} - ${penaltyText(state, penalty)}`, entry);
  sayApart(state);
  ticker(state, 'msgp', `${language.numberWord}${shownNumber(state, entry)} ${entry.team} : ${language.penalty} - ${language.reasons[reason]}`);
}

/** A warning: the log, and the ticker. */
export function tellWarning(state: FeedState, { entry, about, pitMs, lap }: Warning): void {
  const { language } = state.dialect;
  const what = { 'pit-speed': language.pitSpeed, driving: language.conduct, 'pit-time': `${language.pitTime} ${minutesSecondsText(pitMs ?? 0)} (${language.lap.one} ${lap})` }[about];
  log(state, 'warning', `${language.warning} - ${what}`, entry);
  say(state);
  ticker(state, 'msgw', `${language.numberWord}${shownNumber(state, entry)} ${entry.team} : ${language.warning} - ${what}`);
}

/** A message at the foot of the page, some seconds later and for a while. */
export function ticker(state: FeedState, cls: string, text: string): void {
  state.agenda.at(state.nowMs + TICKER_AFTER_MS, () => {
    state.board.head('msg', cls, text);
    say(state);
  });
  state.agenda.at(state.nowMs + TICKER_AFTER_MS + TICKER_FOR_MS, () => {
    state.board.head('msg', '', '');
    say(state);
  });
}

/** The colour class of a category. */
export function numberClass({ dialect }: Pick<FeedState, 'dialect'>, { category }: Entry): string {
  const colour = Array.from(category).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 20, 0) + 1;
  return dialect.flavour === 'championship' ? ` no${colour}` : `no${colour}`;
}

function penaltyText({ dialect }: FeedState, { amount, reason }: Penalty): string {
  const { language } = dialect;
  const why = language.reasons[reason];
  if ('laps' in amount) return `${amount.laps === 1 ? language.lapPenalty : lapsBehindText(amount.laps, language)} - ${why}`;
  return 'seconds' in amount ? `${amount.seconds}.000 - ${why}` : `DT - ${why}`;
}

function shownNumber(state: FeedState, entry: Entry): string {
  return state.board.get(rowOf(state, entry).id, 'number').text;
}
