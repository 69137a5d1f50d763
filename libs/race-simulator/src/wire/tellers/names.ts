import type { DriverChange, KartChange } from '../../model/race-event.js';
import { type FeedState, isOdd, rowOf, say } from '../feed-state.js';
import { type Row, shownDrivingMs } from '../row.js';
import { hoursMinutesText } from '../texts.js';

const TEAM_MS = 20_000;
const DRIVER_MS = 10_000;

/** What the name cell holds while the team is on show. */
export function teamCell({ dialect }: Pick<FeedState, 'dialect'>, row: Row): { cls: string; text: string } {
  if (dialect.names.kind === 'crew') return { cls: 'drteam', text: row.entry.drivers.map(({ name }) => name).join(' / ') };
  return { cls: 'dr', text: row.entry.team };
}

/** From the start to the end of a session the names of all rows flip at once between team and driver. */
export function startFlipping(state: FeedState): void {
  if (state.dialect.names.kind !== 'flip') return;
  flipLater(state, true);
}

/** Shows the present driver with his time. */
export function refreshDriver(state: FeedState, row: Row): void {
  const { names } = state.dialect;
  if (names.kind !== 'flip') return;
  const isUnknown = row.outSinceMs === null && row.drivenMs.size === 0 && isOdd(state, 'names-flip-early');
  const minutes = names.minutes && !isUnknown ? ` [${hoursMinutesText(shownDrivingMs(row, state.nowMs))}]` : '';
  state.board.set(row.id, 'name', 'drteam', `${driverText(state, row)}${minutes}`);
}

/** Somebody wrote a blank too many after every other name, and two between first and last name of the rest. */
function driverText(state: FeedState, { driver, entry }: Row): string {
  if (!isOdd(state, 'untidy-names')) return driver;
  return entry.index % 2 === 0 ? `${driver} ` : driver.replace(' ', '  ');
}

/** Another driver: seen at once if drivers are on show, else at the next flip. */
export function tellDriverChange(state: FeedState, { entry, after }: DriverChange): void {
  const row = rowOf(state, entry);
  row.driver = after;
  if (!state.showsDrivers) return;
  refreshDriver(state, row);
  say(state);
}

/** Only some circuits show which kart it is: there the number changes. */
export function tellKartChange(state: FeedState, { entry, after }: KartChange): void {
  if (state.dialect.numbers !== 'kart') return;
  const row = rowOf(state, entry);
  state.board.set(row.id, 'number', state.board.get(row.id, 'number').cls, after.name.replace('K', ''));
  say(state);
}

function flipLater(state: FeedState, toDrivers: boolean): void {
  state.agenda.at(state.nowMs + (toDrivers ? TEAM_MS : DRIVER_MS), () => {
    state.showsDrivers = toDrivers;
    for (const row of state.rows.values()) {
      if (toDrivers) refreshDriver(state, row);
      else {
        const { cls, text } = teamCell(state, row);
        state.board.set(row.id, 'name', cls, text);
      }
    }
    say(state);
    flipLater(state, !toDrivers);
  });
}
