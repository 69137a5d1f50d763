import type { Stage } from '@lts/race-actions';
import { comparable } from './plain-text.js';

/** Words that a person has added, by stage, in comparable form. */
export type StageWords = readonly (readonly [Stage, readonly string[]])[];

/** Recognises stages by known and added words. Pages come with the same titles again and again: the last answer is kept. */
export class StageBook {
  private hints: StageHints | null = null;
  private stage: Stage = 'unknown';

  constructor(private readonly words: StageWords) {}

  stageOf(hints: StageHints): Stage {
    const { hints: last } = this;
    if (last?.title1 === hints.title1 && last.title2 === hints.title2 && last.ranking === hints.ranking) return this.stage;
    this.hints = hints;
    this.stage = recogniseStage(hints, this.words);
    return this.stage;
  }
}

/**
 * Words of titles in Spanish, French, Italian, Portuguese, English, German and Dutch, in this order: words of qualifying
 * win over those of practice, those over the words of a race.
 */
const STAGE_WORDS: readonly (readonly [Stage, readonly RegExp[]])[] = [
  [
    'qualifying',
    [/ch?rono/u, /clasificaci/u, /calificaci/u, /classificac/u, /quali/u, /qualy/u, /super-? ?pole/u, /^sp \d/u, /zeittraining/u, /zeitfahren/u, /kwalificatie/u, /tijdtraining/u]
      .concat([/tomada de tempos?/u, /\btimed (practice|session)/u, /\btime trial/u, /\btempi\b/u]),
  ],
  [
    'free-practice',
    [/\blib(re|ere|era|eres)/u, /livre/u, /vrije?/u, /practice/u, /\bentren(o|amiento)s?$/u, /\btest/u, /warm ?up/u, /training/u, /treino/u, /\bprove\b/u, /\bfreies? fahren/u]
      .concat([/briefing/u, /\bessais$/u, /^session \d+$/u, /^\d{1,3} .{0,100} - \d\d:\d\d$/u]),
  ],
  [
    'race',
    [/carrera/u, /\bcourse\b/u, /corrida/u, /\bgara\b/u, /\brace\b/u, /rennen/u, /wedstrijd/u, /\bendur/u, /resist/u, /heat/u, /semi/u, /\b(super|pre|pre-)?final/u]
      .concat([/\bmanche\b/u, /\bmanga\b/u, /\bbatteria\b/u, /\bbateria\b/u, /\bsprint\b/u, /\blauf\b/u, /wertungslauf/u, /langstrecke/u])
      .concat([/\bheures\b/u, /\bhoras\b/u, /\bhours\b/u, /\bstunden\b/u, /\buur\b/u, /\bore\b/u, /\b\d{1,3} ?h\b/u]),
  ],
];

const SETTINGS: readonly (readonly [string, Stage])[] = [['stage-qualifying', 'qualifying'], ['stage-free-practice', 'free-practice'], ['stage-race', 'race']];

/** What the stage of a session is recognised from. */
export interface StageHints {
  title1: string;
  title2: string;
  ranking: 'best-time' | 'laps' | 'none';
}

/** Words of the parser settings `stage-qualifying`, `stage-free-practice` and `stage-race`, set apart by commas. */
export function stageWordsOf(settings: Readonly<Record<string, string>>): StageWords {
  return SETTINGS.map(([setting, stage]) => [stage, (settings[setting] ?? '').split(',').map(comparable).filter((word) => word !== '')] as const);
}

/** The stage that the titles speak of; without any title, what the kind of ranking suggests; else `unknown`. */
export function recogniseStage({ title1, title2, ranking }: StageHints, words: StageWords = []): Stage {
  const own = stageOf(title2, words);
  if (own !== 'unknown') return own;
  const ofEvent = stageOf(title1, words);
  if (ofEvent !== 'unknown' && (ofEvent !== 'race' || ranking === 'laps')) return ofEvent;
  if (title1 !== '' || title2 !== '') return 'unknown';
  if (ranking === 'none') return 'unknown';
  return ranking === 'laps' ? 'race' : 'free-practice';
}

function stageOf(title: string, added: StageWords): Stage {
  const words = comparable(title);
  if (words === '') return 'unknown';
  const set = added.find(([, list]) => list.some((word) => words.includes(word)));
  return set?.[0] ?? STAGE_WORDS.find(([, patterns]) => patterns.some((pattern) => pattern.test(words)))?.[0] ?? 'unknown';
}
