/**
 * Sets the facts of a simulated race against its truth: the last session of both. Exact for what the wire carries, within
 * the limits below elsewhere: frames leave in steps of 200 ms, a lap may come a second behind its crossing.
 */
import { lastSession } from './compare-truth.mjs';
import { bestsOf, drivingTimes, gapAtLap, lapChart, stintsOf, stopCosts } from '../libs/race-math/dist/index.js';

/** Between a border in the race and the frame that tells it, ms. */
const BORDER_MS = 1_500;
/** Between a crossing and what laps and frames say of it, ms; nine of ten are within a tenth of it. */
const CROSSING_MS = 1_200;
/** Two crossings nearer than this may be told in either order, ms. */
const SAME_MS = 2 * CROSSING_MS;

/** What is compared, in the order of the table. */
export const KINDS = ['laps', 'bests', 'crossings', 'gaps', 'chart', 'stops', 'stints', 'driving'];

/**
 * @param truth records of the race, in order
 * @param session the last session of `RaceFacts`
 * @param wire what the recording carries, see `wireOf`
 * @returns for each kind how much was compared, a sentence for each disagreement, and the errors measured, ms
 */
export function compareFacts(truth, session, wire) {
  const race = lastRace(truth, wire);
  const found = Object.fromEntries(KINDS.map((kind) => [kind, { compared: 0, wrong: [], errors: [] }]));
  const check = {
    equal(kind, what, wanted, got) {
      found[kind].compared += 1;
      if (wanted !== got) found[kind].wrong.push(`${what}: ${wanted} in the race, ${got} by the facts`);
    },
    near(kind, what, { wanted, got, limit }) {
      found[kind].compared += 1;
      if (got !== null && got !== undefined) found[kind].errors.push(Math.abs(wanted - got));
      if (got === null || got === undefined || Math.abs(wanted - got) > limit) found[kind].wrong.push(`${what}: ${wanted} in the race, ${got} by the facts`);
    },
  };
  for (const result of race.results) {
    const row = session.rows[result.row];
    if (row === undefined) continue;
    compareLaps(check, row, result, race);
    compareStops(check, session, row, race);
    if (wire.fromMs <= race.startMs) compareDrivers(check, session, row, result, race);
  }
  compareGaps(check, session, race);
  return found;
}

/** What of the last session the wire carries, when it began, and whose counts race control has changed. */
function lastRace(truth, wire) {
  const from = truth.findLastIndex(({ kind }) => kind === 'session');
  const changed = truth.slice(from + 1).filter(({ kind }) => kind === 'give-laps' || kind === 'withdraw-laps');
  return { ...lastSession(truth, wire), given: new Set(changed.map(({ row }) => row)), startMs: truth[from]?.atMs ?? 0 };
}

function compareLaps(check, row, result, race) {
  const wanted = race.laps.get(row.code) ?? [];
  const driven = row.laps.filter(({ timeMs }) => timeMs !== null);
  const text = (timeMs, valid) => `${timeMs} ms${valid ? '' : ', withdrawn'}`;
  check.equal('laps', `${row.code} laps`, wanted.length, driven.length);
  wanted.forEach((lap, place) => {
    const got = driven[place];
    check.equal('laps', `${row.code} lap entry ${place + 1}`, text(lap.timeMs, lap.valid), got === undefined ? 'none' : text(got.timeMs, !got.flags.includes('withdrawn')));
    if (got?.timeMs === lap.timeMs) check.near('crossings', `${row.code} crossing ${place + 1}`, { wanted: lap.atMs, got: got.crossedAtMs, limit: CROSSING_MS });
  });
  if (race.laps.get(row.code)?.[0]?.lap === 1) check.equal('bests', `${row.code} best lap`, result.bestLapMs, bestsOf(row.laps, row.toldBestMs).lapMs);
}

function compareStops(check, session, row, race) {
  const got = stopCosts(session, row).filter(({ inAtMs }) => inAtMs !== null);
  const wanted = race.stops.get(row.code) ?? [];
  check.equal('stops', `${row.code} stops`, wanted.length, got.length);
  wanted.forEach((stop, place) => {
    const told = got[place];
    if (told === undefined) return;
    check.near('stops', `${row.code} stop ${place + 1} entry`, { wanted: stop.inAtMs, got: told.inAtMs, limit: BORDER_MS });
    if (stop.outAtMs !== null && stop.valid) check.near('stops', `${row.code} stop ${place + 1} lane time`, { wanted: stop.outAtMs - stop.inAtMs, got: told.laneMs, limit: BORDER_MS });
    check.equal('stops', `${row.code} stop ${place + 1} counts`, stop.valid, told.valid);
  });
}

/** Cells that name a whole crew do not say who drives; some circuits name teams alone. */
function compareDrivers(check, session, row, result, race) {
  if (row.driver === null || row.driver === race.crews.get(row.code)) return;
  const stints = stintsOf(row, session.atMs);
  const wanted = driversOf(race, row.code);
  if (race.given.has(row.code) || wanted.length !== stints.length) return;
  stints.forEach(({ driver }, place) => check.equal('stints', `${row.code} stint ${place + 1} driver`, wanted[place], driver));
  if (row.finishedAtMs === null) return;
  for (const { name, drivingMs } of result.drivers) {
    const told = drivingTimes(row, session.atMs).find(({ driver }) => driver === name);
    if (drivingMs > 0) check.near('driving', `${row.code} ${name}`, { wanted: drivingMs, got: told?.totalMs, limit: BORDER_MS * (told?.stints ?? 1) });
  }
}

function driversOf(race, row) {
  const stops = (race.stops.get(row) ?? []).filter(({ valid, outAtMs }) => valid && outAtMs !== null);
  const laps = race.laps.get(row) ?? [];
  return stops.length === 0 ? [laps[0]?.driver] : [stops[0].driverBefore, ...stops.map(({ driverAfter }) => driverAfter)];
}

/** At the line after every tenth lap, between neighbours in the order of the truth, and who is before whom. */
function compareGaps(check, session, race) {
  const crossings = new Map([...race.laps].filter(([row]) => !race.given.has(row)).map(([row, laps]) => [row, new Map(laps.filter(({ valid }) => valid).map(({ lap, atMs }) => [lap, atMs]))]));
  const chart = new Map(lapChart(session).map(({ lap, codes }) => [lap, codes]));
  const most = Math.max(0, ...[...crossings.values()].map((laps) => Math.max(0, ...laps.keys())));
  for (let lap = 10; lap <= most; lap += 10) {
    const passed = [...crossings].flatMap(([row, laps]) => (laps.has(lap) ? [{ row, atMs: laps.get(lap) }] : [])).sort((a, b) => a.atMs - b.atMs);
    const places = new Map((chart.get(lap) ?? []).map((code, place) => [code, place]));
    for (let place = 1; place < passed.length; place += 1) {
      const [ahead, behind] = [passed[place - 1], passed[place]];
      const apartMs = behind.atMs - ahead.atMs;
      check.near('gaps', `${behind.row} to ${ahead.row} after lap ${lap}`, { wanted: apartMs, got: gapAtLap(session.rows[behind.row], session.rows[ahead.row], lap), limit: SAME_MS });
      if (apartMs > SAME_MS) check.equal('chart', `${behind.row} behind ${ahead.row} after lap ${lap}`, true, places.get(behind.row) > places.get(ahead.row));
    }
  }
}
