import type { SeededRandom } from '../random/seeded-random.js';
import type { Circuit } from './circuit.js';
import type { Conduct, Driver, Entry, Kart } from './entry.js';
import type { RuleSet } from './rules/rule-set.js';

/** Measured on a 24-hour race with laps of 74.7 s; other tracks scale with their lap. */
const MEASURED_LAP_MS = 74_700;
const TEAM_SPREAD_MS = 880;
const DRIVER_SPREAD_MS = 840;
const KART_SPREAD_MS = 240;
const CATEGORY_STEP_MS = 500;
const FATIGUE_MS_PER_HOUR = 250;
const SPARE_KARTS_PER_ROW = 3;

const TEAMS = ['KESTREL', 'NIGHT OWLS', '24H RACING', 'RED LANTERN', 'Ápex Foxes', 'LAST GASP', 'CALL 9 RACING', 'IRON MOTH', 'BLUE HERON & SONS', 'SLIPSTREAM', 'SLOW PUNCTURE - 1', 'GREEN FLAG', 'SIDEWINDERS', 'FULL TANK', '1000 MILLAS', 'KART 56'] as const;
const FIRST_NAMES = ['ALBA', 'BRUNO', 'CARLA', 'DARIO', 'EMMA', 'FÉLIX', 'GRETA', 'HUGO', 'INÉS', 'JONAS', 'KATIA', 'LUCA', 'MARTA', 'NICO', 'OLGA', 'PABLO'] as const;
const LAST_NAMES = ['ABARCA', 'BELLO', 'CONTE', 'DUVAL', 'EGGERT', 'FUMERO', 'GALLO', 'HERZOG', 'IBARRA', 'JANSEN', 'KOVÁCS', 'LOPES', 'MOREAU', 'NEUMANN', 'ORTEGA', 'PEETERS'] as const;
/** Empty where nobody wrote it down. */
const NATIONS = ['ESP', 'FRA', 'GBR', 'ITA', 'POR', 'NED', 'GER', 'BEL', ''] as const;

/** How far a spread that was measured on a lap of 74.7 s is on this one. */
export function onThisTrack(spreadMs: number, { lapMs }: Pick<Circuit, 'lapMs'>): number {
  return (spreadMs * lapMs) / MEASURED_LAP_MS;
}

/** Who takes part: teams in their categories, quicker in the first ones, with their drivers. */
export function entryList(teams: number, rules: RuleSet, circuit: Circuit, random: SeededRandom): Entry[] {
  return Array.from({ length: teams }, (_, index) => {
    const category = categoryOf((index + 0.5) / teams, rules);
    const paceMs = onThisTrack(category.rank * CATEGORY_STEP_MS + random.bell() * TEAM_SPREAD_MS, circuit);
    const name = TEAMS[index % TEAMS.length] ?? '';
    const count = random.whole(rules.drivers.least, rules.drivers.most);
    const [first, ...others] = Array.from({ length: count }, (_unused, place) => driver({ name: driverName(index, place), teamMs: paceMs, circuit, random }));
    if (first === undefined) throw new Error(`${rules.name} lets teams start without a driver.`);
    return {
      index,
      number: String(index + 1),
      team: index < TEAMS.length ? name : `${name} ${Math.floor(index / TEAMS.length) + 1}`,
      category: category.name,
      nation: random.pick(NATIONS),
      drivers: [first, ...others],
      conduct: conductOf(random.next()),
    };
  });
}

/** The karts of the circuit: one a team and some that wait in the rows; their qualities add up to nothing. */
export function kartPool(teams: number, rules: RuleSet, circuit: Circuit, random: SeededRandom): Kart[] {
  const count = teams + rules.karts.rows * SPARE_KARTS_PER_ROW;
  const drawn = Array.from({ length: count }, () => random.bell() * onThisTrack(KART_SPREAD_MS, circuit));
  const meanMs = drawn.reduce((sum, value) => sum + value, 0) / count;
  return drawn.map((value, index) => ({ name: `K${String(index + 1).padStart(2, '0')}`, qualityMs: Math.round(value - meanMs) }));
}

function driver({ name, teamMs, circuit, random }: { name: string; teamMs: number; circuit: Circuit; random: SeededRandom }): Driver {
  return {
    name,
    paceMs: teamMs + random.bell() * onThisTrack(DRIVER_SPREAD_MS, circuit),
    scatter: random.between(0.7, 1.3),
    fatigueMsPerHour: random.between(0, 2 * onThisTrack(FATIGUE_MS_PER_HOUR, circuit)),
  };
}

/** Different within a team and among the first sixteen teams; beyond, the same name may occur in two teams, as in life. */
function driverName(team: number, place: number): string {
  const first = FIRST_NAMES[(team * 5 + place * 3) % FIRST_NAMES.length] ?? '';
  const last = LAST_NAMES[(team * 7 + place * 2) % LAST_NAMES.length] ?? '';
  return place % 5 === 4 ? first : `${first} ${last}`;
}

function categoryOf(share: number, { categories }: RuleSet): { name: string; rank: number } {
  let until = 0;
  const rank = categories.findIndex((category) => (until += category.share) >= share);
  return { name: (categories[rank] ?? categories[0]).name, rank: Math.max(0, rank) };
}

function conductOf(draw: number): Conduct {
  if (draw < 0.5) return 'follows';
  return draw < 0.8 ? 'bends' : 'breaks';
}
