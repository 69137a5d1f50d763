import type { Entry } from '../../model/entry.js';
import type { Penalty, Warning } from '../../model/race-event.js';
import { type FeedState, isOdd, rowOf, say, sayApart } from '../feed-state.js';
import { lapsBehindText, minutesSecondsText, wallClockText } from '../texts.js';
import { tellCount } from './counts.js';
import { numberClass } from './plates.js';
import { ticker } from './ticker.js';

/** The log is cut at this length: the whole of it is sent at each change. */
const LOG_ENTRIES = 60;
const REASON_AFTER_MS = 60_000;
const VANISH_AFTER_MS = 90_000;
const VANISH_CHANCE = 0.5;
const EMPTY_FOR_MS = 15_000;

/** Adds an entry to the race-control log and sends all of it, newest first. Gives the entry as it stands there. */
export function log(state: FeedState, flag: string, text: string, entry?: Entry): string {
  const number = entry === undefined ? '' : `<span class="com_no${isOdd(state, 'plain-log-numbers') ? '' : ` ${numberClass(state, entry)}`}">${shownNumber(state, entry)}</span>`;
  const written = `<p><b>${wallClockText(state.nowMs, state.dialect.gmtHours)}</b><span data-flag="${flag}"></span>${number}${text}</p>`;
  rewrite(state, [written, ...state.log].slice(0, LOG_ENTRIES));
  return written;
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
  logPenalty(state, penalty);
  sayApart(state);
  ticker(state, 'msgp', `${language.numberWord}${shownNumber(state, entry)} ${entry.team} : ${language.penalty} - ${language.reasons[reason]}`);
}

/** A warning: the log, and the ticker. */
export function tellWarning(state: FeedState, { entry, about, pitMs, lap }: Warning): void {
  const { language } = state.dialect;
  const what = { 'pit-speed': language.pitSpeed, driving: language.conduct, 'pit-time': `${language.pitTime} ${minutesSecondsText(pitMs ?? 0)} (${language.lap.one} ${lap})` }[about];
  const written = log(state, 'warning', `${language.warning} - ${what}`, entry);
  say(state);
  ticker(state, 'msgw', `${language.numberWord}${shownNumber(state, entry)} ${entry.team} : ${language.warning} - ${what}`);
  if (isOdd(state, 'log-edited') && state.oddRandom.chance(VANISH_CHANCE)) takeOutLater(state, written);
}

/** The amount with its reason; where the log is edited, the reason is written a minute later. */
function logPenalty(state: FeedState, penalty: Penalty): void {
  const { language } = state.dialect;
  const amount = `${language.penalty} - ${amountText(state, penalty)} - `;
  const reason = language.reasons[penalty.reason];
  if (!isOdd(state, 'log-edited')) {
    log(state, 'penalty', `${amount}${reason}`, penalty.entry);
    return;
  }
  const written = log(state, 'penalty', amount, penalty.entry);
  editLater(state, REASON_AFTER_MS, (entries) => entries.map((entry) => (entry === written ? written.replace(amount, `${amount}${reason}`) : entry)));
}

/** A warning is withdrawn: with it the log is emptied, and filled again some seconds later without it. */
function takeOutLater(state: FeedState, written: string): void {
  let others: string[] = [];
  editLater(state, VANISH_AFTER_MS, (entries) => {
    others = entries.filter((entry) => entry !== written);
    return [];
  });
  editLater(state, VANISH_AFTER_MS + EMPTY_FOR_MS, (entries) => [...entries, ...others].slice(0, LOG_ENTRIES));
}

function editLater(state: FeedState, laterMs: number, edit: (entries: readonly string[]) => string[]): void {
  state.agenda.at(state.nowMs + laterMs, () => {
    rewrite(state, edit(state.log));
    say(state);
  });
}

function rewrite(state: FeedState, entries: string[]): void {
  state.log = entries;
  state.board.head('com', '', entries.join(''));
}

function amountText({ dialect }: FeedState, { amount }: Penalty): string {
  const { language } = dialect;
  if ('laps' in amount) return amount.laps === 1 ? language.lapPenalty : lapsBehindText(amount.laps, language);
  return 'seconds' in amount ? `${amount.seconds}.000` : 'DT';
}

function shownNumber(state: FeedState, entry: Entry): string {
  return state.board.get(rowOf(state, entry).id, 'number').text;
}
