import type { Stage } from '@lts/race-actions';
import { comparable } from './plain-text.js';

/** In this order: words of qualifying win over those of practice, those over the words of a race. */
const STAGE_WORDS: readonly (readonly [Stage, readonly RegExp[]])[] = [
  [
    'qualifying',
    [/ch?rono/u, /clasificaci/u, /calificaci/u, /classificac/u, /quali/u, /qualy/u, /super-? ?pole/u, /^sp \d/u, /zeittraining/u, /kwalificatie/u],
  ],
  [
    'free-practice',
    [/\blib(re|ere|era)/u, /livre/u, /vrije/u, /practice/u, /\bentren(o|amiento)s?$/u, /\btest/u, /warm ?up/u, /training/u, /treino/u, /\bprove\b/u]
      .concat([/briefing/u, /^session \d+$/u, /^\d{1,3} .* - \d\d:\d\d$/u]),
  ],
  [
    'race',
    [/carrera/u, /\bcourse\b/u, /corrida/u, /\bgara\b/u, /\brace\b/u, /rennen/u, /wedstrijd/u, /\bendur/u, /resist/u, /heat/u, /semi/u, /\b(super)?final/u]
      .concat([/semifinal/u, /\bmanche\b/u, /\bheures\b/u, /\b\d{1,3} ?h\b/u]),
  ],
];

/** What the stage of a session is recognised from. */
export interface StageHints {
  title1: string;
  title2: string;
  ranking: 'best-time' | 'laps' | 'none';
}

/** The stage that the titles speak of; without any title, what the kind of ranking suggests; else `unknown`. */
export function recogniseStage({ title1, title2, ranking }: StageHints): Stage {
  const own = stageOf(title2);
  if (own !== 'unknown') return own;
  const ofEvent = stageOf(title1);
  if (ofEvent !== 'unknown' && (ofEvent !== 'race' || ranking === 'laps')) return ofEvent;
  if (title1 !== '' || title2 !== '') return 'unknown';
  if (ranking === 'none') return 'unknown';
  return ranking === 'laps' ? 'race' : 'free-practice';
}

function stageOf(title: string): Stage {
  const words = comparable(title);
  if (words === '') return 'unknown';
  return STAGE_WORDS.find(([, patterns]) => patterns.some((pattern) => pattern.test(words)))?.[0] ?? 'unknown';
}
