import type { PeerRow } from './timing-peer.js';

const TEAMS = [
  ['Northwind Racing', 'A. Lindqvist'], ['Kartfabrik Süd', 'Jonas Ebner'], ['Los Relámpagos', 'María Quintana'], ['Equipe Vitesse', 'P. Delacourt'],
  ['Blue Anvil Motorsport', 'Owen Hartley'], ['Team Polaris', 'Sanna Niemi'], ['Gravel Pit Heroes', 'Tom Okafor'], ['Scuderia Brezza', 'G. Marchetti'],
  ['The Unreasonably Long Named Endurance Karting Association of the Lower Valley', 'Maximiliane von Hohenstein-Rabenau'], ['Red Lantern', 'Yuki Tanabe'],
  ['Club Karting Costa', 'Iker Landa'], ['Slipstream Society', 'Chloe Barnes'], ['Turno de Noche', 'R. Olmedo'], ['Apex Predators', 'Filip Novák'],
  ['Wet Weather Works', 'Dara Byrne'], ['Five to Midnight', 'L. Moreau'], ['Old Boys KC', 'Geoff Stanton'], ['Last Minute Entry', ''],
] as const;

const CATEGORIES = ['PRO', 'AM', 'GENTLEMEN', 'PRO', 'AM', null] as const;

/** A moment of an invented 12-hour race: `count` rows that show every state, with times and gaps that fit together. */
export function inventedRows(count: number, atMs: number): PeerRow[] {
  return Array.from({ length: count }, (_, index) => inventedRow(index, atMs));
}

function inventedRow(index: number, atMs: number): PeerRow {
  const [team, driver] = TEAMS[index % TEAMS.length]!;
  const repeat = Math.floor(index / TEAMS.length);
  const bestMs = 64_212 + ((index * 7) % 18) * 53 + repeat * 400;
  const lapsBehind = Math.max(0, Math.floor((index - 4) / 3));
  return {
    participant_code: `r${100 + index}`,
    position: index + 1,
    number: index + 3,
    number_text: String(index + 3).padStart(index % 5 === 1 ? 3 : 1, '0'),
    team_name: repeat === 0 ? team : `${team} ${repeat + 1}`,
    driver_name: driver === '' ? null : driver,
    category: CATEGORIES[index % CATEGORIES.length]!,
    lap: 604 - lapsBehind,
    last_time: index === 2 ? bestMs : bestMs + 120 + ((index * 331) % 1900),
    best_time: bestMs,
    gap: index === 0 ? null : lapsBehind > 0 ? { value: lapsBehind, unit: 'laps' } : { value: index * 17_317, unit: 'millis' },
    interval: index === 0 ? null : { value: 317 + ((index * 5407) % 70_000), unit: 'millis' },
    number_pits: 16 - (index % 3),
    pit_time: 185_000,
    state: STATES[index] ?? 'running',
    at_ms: atMs,
  };
}

const STATES: Record<number, string> = { 3: 'in-pit', 5: 'out-lap', 11: 'in-pit', 13: 'stopped', 17: 'unknown' };
