import { comparable } from '../plain-text.js';

/** What a penalty's text says it costs, as well as can be told; null where it says nothing. */
export interface PenaltyAmount {
  laps: number | null;
  seconds: number | null;
}

const LAPS = /(\d{1,3}) ?(vta|vuelta|tour|lap|giro|giri|volta|runde|ronde)/u;
const SECONDS = /(\d{1,4}) ?(s\b|sec|seg|sek)/u;
const DECIMALS = /(?:^|\s)(\d{1,4}\.\d{1,4})(?:\s|$)/u;

/** Organisers write `1 Vta.`, `10 SECONDES`, `5.000` (seconds). */
export function penaltyAmount(text: string): PenaltyAmount {
  const words = comparable(text);
  const laps = LAPS.exec(words)?.[1];
  if (laps !== undefined) return { laps: Number(laps), seconds: null };
  const seconds = SECONDS.exec(words)?.[1] ?? DECIMALS.exec(text)?.[1];
  return { laps: null, seconds: seconds === undefined ? null : Number(seconds) };
}
