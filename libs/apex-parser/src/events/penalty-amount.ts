import { comparable } from '../plain-text.js';

/** What a penalty costs, as well as can be told; null where nothing says it. */
export interface PenaltyAmount {
  laps: number | null;
  seconds: number | null;
}

/** Boards that name their cost, and those that are a penalty without one. */
const BY_KIND: ReadonlyMap<string, PenaltyAmount | null> = new Map([
  ['penalty', null],
  ['5seconds', { laps: null, seconds: 5 }],
  ['10seconds', { laps: null, seconds: 10 }],
  ['onelap', { laps: 1, seconds: null }],
  ['black', { laps: null, seconds: null }],
]);

const LAPS = /(?<![\d.])(\d{1,3}) ?(vta|vuelta|tour|lap|giro|giri|volta|runde|ronde)/u;
const SECONDS = /(?<![\d.])(\d{1,4}(?:\.\d{1,4})?) ?(s\b|sec|seg|sek)/u;
const DECIMALS = /(?:^|\s)(\d{1,4}\.\d{1,4})(?:\s|$)/u;

/** Whether an entry of the race-control log of that kind is a penalty. */
export function isPenalty(kind: string): boolean {
  return BY_KIND.has(kind);
}

/** Organisers write `1 Vta.`, `10 SECONDES`, `5.000` (seconds). */
export function penaltyAmount(text: string, kind = ''): PenaltyAmount {
  const words = text.toLowerCase();
  const laps = LAPS.exec(words)?.[1];
  if (laps !== undefined) return { laps: Number(laps), seconds: null };
  const seconds = SECONDS.exec(words)?.[1] ?? DECIMALS.exec(text)?.[1];
  if (seconds !== undefined) return { laps: null, seconds: Number(seconds) };
  return BY_KIND.get(kind) ?? { laps: null, seconds: null };
}

/** What organisers write before a penalty or a warning, in comparable form: that much of the word is enough. */
const TITLES = ['penal', 'straf', 'zeitstraf', 'tijdstraf', 'advert', 'avert', 'warn', 'avvert', 'ammon', 'waarsch', 'verwarn', 'drive through', 'drive-through', 'stop and go', 'stop & go', 'stop-and-go'];
const TICKER_PREFIX = /^N[º°o]\.? ?\w{1,6} [^:]{0,200}: /u;
const AMOUNT = /^\+?\d{1,4}(?:\.\d{1,4})?(?: ?\p{L}{1,12}\.?)?$/u;
const LONGEST_TITLE = 20;

/** What a penalty or a warning is for: what is left of `Penalización - 20.000 - BANDERA AMARILLA` without its name and its amount. */
export function penaltyReason(text: string): string | null {
  const parts = text.replace(TICKER_PREFIX, '').split(/ - | -$/u).map((part) => part.trim());
  return parts.filter((part) => part !== '' && !AMOUNT.test(part) && !isTitle(part)).join(' - ') || null;
}

function isTitle(part: string): boolean {
  const words = comparable(part);
  return words === 'dt' || (words.length <= LONGEST_TITLE && TITLES.some((title) => words.startsWith(title)));
}
