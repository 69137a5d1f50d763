import type { RuleSet } from './rule-set.js';

/** The figures of a rule set for a race of a certain length; times in ms since the start where they are moments. */
export interface RaceRules {
  rules: RuleSet;
  /** Stops that a team of that category must make. */
  stops(category: string): number;
  /** Infinity where there is no limit. */
  maxStintMs(category: string): number;
  minStintMs: number;
  /** Least time in the pit lane; 0 where it is free. */
  minPitMs: number;
  closedFirstMs: number;
  closedLastMs: number;
  /** Where stops are tied to times; empty elsewhere. */
  windows: readonly { fromMs: number; toMs: number }[];
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const EVENTFUL_STINT_MS = 6 * MINUTE_MS;
const EVENTFUL_PIT_MS = 40_000;

/** Stops, closures and windows scaled to the length of the race. An eventful one has a short stop every few minutes instead. */
export function raceRules(rules: RuleSet, raceMs: number, eventful: boolean): RaceRules {
  const share = raceMs / (rules.hours * HOUR_MS);
  const often = Math.max(1, Math.round(raceMs / EVENTFUL_STINT_MS) - 1);
  const stops = new Map(rules.categories.map((category) => [category.name, eventful ? often : Math.round(category.stops * share)]));
  const limits = new Map(rules.categories.map((category) => [category.name, category.maxStintMs ?? Number.POSITIVE_INFINITY]));
  const most = Math.max(...stops.values());
  const evenStintMs = raceMs / (most + 1);
  const tied = rules.windowHalfMs !== null && !eventful;
  const halfMs = Math.min(rules.windowHalfMs ?? 0, evenStintMs / 5);
  return {
    rules,
    stops: (category) => stops.get(category) ?? 0,
    maxStintMs: (category) => (eventful ? 2 * EVENTFUL_STINT_MS : (limits.get(category) ?? Number.POSITIVE_INFINITY)),
    minStintMs: Math.min(rules.minStintMs, evenStintMs / 3),
    minPitMs: eventful ? EVENTFUL_PIT_MS : (rules.minPitMs ?? 0),
    closedFirstMs: rules.closedFirstMs * Math.min(1, share),
    closedLastMs: rules.closedLastMs * Math.min(1, share),
    windows: Array.from({ length: tied ? most : 0 }, (_, index) => ({ fromMs: (index + 1) * evenStintMs - halfMs, toMs: (index + 1) * evenStintMs + halfMs })),
  };
}
