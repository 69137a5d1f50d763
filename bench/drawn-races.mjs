/** Races for comparisons with the truth: every dialect in turn, the rules shifted by one each round, lengths and fields by seed. */
const HOURS = [0.25, 0.5, 1, 2];

/**
 * @param seed seed of the first race
 * @param place which race from there, from 0
 * @param given what the command line fixes: `dialect`, `rules`, `hours`, `teams`, `day`, `eventful`
 * @param known names of `DIALECTS` and `RULE_SETS`
 */
export function drawnRace(seed, place, given, { DIALECTS, RULE_SETS }) {
  const own = seed + place;
  const turn = Math.floor(place / DIALECTS.length);
  return {
    seed: own,
    dialect: given.dialect ?? DIALECTS[place % DIALECTS.length].name,
    rules: given.rules ?? RULE_SETS[(place + turn) % RULE_SETS.length].name,
    hours: Number(given.hours ?? HOURS[own % HOURS.length]),
    teams: Number(given.teams ?? 4 + ((own * 7) % 27)),
    day: given.day ?? own % 3 === 0,
    eventful: given.eventful ?? own % 5 === 0,
  };
}

/** Settings of `npm run simulate` for a race. */
export function argumentsOf(race, faults) {
  const given = Object.entries(race).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return faults === undefined || faults === '' ? given : [...given, '--faults', faults];
}

/** The command that shows a race, and the first sentences of what is wrong with it. */
export function disagreementsOf(race, wrong, { faults, show }) {
  const rest = wrong.length > show ? `    and ${wrong.length - show} more\n` : '';
  return `npm run simulate -- ${argumentsOf(race, faults).join(' ')} --recording race.ndjson --truth truth.jsonl\n${wrong.slice(0, show).map((sentence) => `    ${sentence}\n`).join('')}${rest}`;
}

/** A table with columns as wide as their widest cell. */
export function printTable(head, lines) {
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column].length)));
  for (const line of [head, ...lines]) console.log(line.map((value, column) => value.padEnd(widths[column])).join('  ').trimEnd());
}
