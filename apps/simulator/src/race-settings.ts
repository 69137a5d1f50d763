import { PipelineError } from '@lts/contracts';
import { DIALECTS, RULE_SETS, type SimulationOptions } from '@lts/race-simulator';
import { checkAll } from './check-all.js';
import { chosenDialect, chosenRules } from './choices.js';

/** Start of every generated race, Unix ms: a fixed moment, so that the same seed gives the same bytes. */
export const RACE_START_MS = Date.UTC(2026, 0, 3, 10);

const FIRST_RULES = RULE_SETS[0]?.name ?? '';
const FIRST_DIALECT = DIALECTS[0]?.name ?? '';
const LONGEST_HOURS = 48;
const SHORTEST_HOURS = 0.05;

/** What settings say about a race; without a name the first dialect and the first rules are taken. */
export interface AskedRace {
  seed: number;
  hours: string;
  teams: number;
  rules?: string | undefined;
  dialect?: string | undefined;
  day: boolean;
  eventful: boolean;
}

/** @throws PipelineError `LTS_CONFIGURATION` that says of each name that is not known, and of a length that is no number in its limits */
export function simulationOptions({ seed, hours, teams, rules, dialect, day, eventful }: AskedRace): SimulationOptions {
  checkAll(() => parseHours(hours), () => chosenRules(rules ?? FIRST_RULES), () => chosenDialect(dialect ?? FIRST_DIALECT));
  return {
    seed,
    hours: parseHours(hours),
    teams,
    rules: rules ?? FIRST_RULES,
    dialect: dialect ?? FIRST_DIALECT,
    startMs: RACE_START_MS,
    day,
    eventful,
  };
}

function parseHours(text: string): number {
  const hours = Number(text);
  if (text.trim() !== '' && hours >= SHORTEST_HOURS && hours <= LONGEST_HOURS) return hours;
  throw new PipelineError('LTS_CONFIGURATION', `--hours must be a number from ${SHORTEST_HOURS} to ${LONGEST_HOURS}, such as 0.5 or 24, not "${text}".`);
}
