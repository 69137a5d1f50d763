/**
 * Sets what a simulated race was against what the parser made of its recording: the last session of both.
 * Exact for what the wire carries; instants within the limits below, since frames are sent in steps and clocks show whole seconds.
 */

/** Between a stop's border in the race and the frame that tells it, ms. */
const STOP_LIMIT_MS = 1_500;

/** What is compared, in the order of the table. */
export const KINDS = ['laps', 'stops', 'positions', 'counts', 'bests', 'drivers'];

/** What a page tells by itself, whatever came before it. */
export const PAGE_KINDS = ['positions', 'counts', 'bests'];

/** Labels of an untyped column that counts laps. */
const LAPS_LABEL = /^(vueltas|tours|laps|giri|voltas|runden|ronden)$/i;

/**
 * @param truth records of the race, in order
 * @param state document of `npm run parse -- --state`
 * @param wire what the recording carries, see `wireOf`, and which `kinds` are compared
 * @returns for each kind how much was compared, and a sentence for each disagreement
 */
export function compareTruth(truth, state, wire) {
  const race = lastSession(truth, wire);
  const found = Object.fromEntries(KINDS.map((kind) => [kind, { compared: 0, wrong: [] }]));
  const check = (kind, what, wanted, got) => {
    if (!wire.kinds.includes(kind)) return;
    found[kind].compared += 1;
    if (wanted !== got) found[kind].wrong.push(`${what}: ${wanted} in the race, ${got} by the parser`);
  };
  const rows = new Map(state.rows.map((row) => [row.code, row]));
  for (const result of race.results) {
    const row = rows.get(result.row);
    check('positions', `${result.row} position`, result.position, row?.position ?? null);
    if (wire.countsLaps || wire.kinds.includes('laps')) check('counts', `${result.row} laps`, wire.countsLaps ? result.laps : validOf(race.laps.get(result.row) ?? []).length, row?.laps ?? null);
    if (wire.countsStops || wire.kinds.includes('stops')) check('counts', `${result.row} stops`, wire.countsStops ? result.stops : validOf(race.stops.get(result.row) ?? []).length, row?.stops ?? null);
    check('bests', `${result.row} best lap`, result.bestLapMs, row?.bestLapMs ?? null);
    compareLaps(check, result.row, race, state);
    compareStops(check, result.row, race, state);
  }
  for (const code of rows.keys()) if (!race.results.some(({ row }) => row === code)) check('positions', `${code} in the list`, false, true);
  return found;
}

/**
 * What a recording can tell: from when on there is a table that says what its cells mean, whether the last one has a column
 * that counts laps, and what the receiver's clock showed at a moment of the race.
 *
 * @param frames the recording
 * @param onTime the same frames as a clock without steps stamps them
 */
export function wireOf(frames, onTime = frames) {
  const header = frames.findLast(({ text }) => text.includes('data-id="r0"'))?.text ?? '';
  const cells = [...header.matchAll(/<td data-id="c\d+" data-type="(.*?)"[^>]*>(.*?)<\/td>/g)];
  const offAt = (atMs) => {
    const place = onTime.findIndex(({ receivedAtMs }) => receivedAtMs >= atMs);
    return place === -1 ? 0 : frames[place].receivedAtMs - onTime[place].receivedAtMs;
  };
  return { clock: (atMs) => (atMs === null ? null : atMs + offAt(atMs)), fromMs: onTime.find(({ text }) => /^grid\|/m.test(text))?.receivedAtMs ?? 0, countsStops: cells.some(([, type]) => type === 'pit'), countsLaps: cells.some(([, type, label]) => type === 'tlp' || (type === '' && LAPS_LABEL.test(label))) };
}

/**
 * What of the last session the wire carries: nothing of laps before the first table, nor of stops that were over by then.
 * Where no column counts laps, laps taken as a penalty are not seen, since the last lap stays on show; those that race control
 * takes back are told by the last lap that stays. Where no column counts stops, only a running one is seen to be taken back.
 */
function lastSession(truth, { clock, fromMs, countsLaps, countsStops }) {
  const from = truth.findLastIndex(({ kind }) => kind === 'session');
  const laps = new Map();
  const stops = new Map();
  const of = (map, row) => map.get(row) ?? map.set(row, []).get(row);
  const next = (list) => validOf(list).length + 1;
  const isSeen = ({ inAtMs, outAtMs }) => inAtMs >= fromMs || outAtMs === null || outAtMs > fromMs;
  for (const record of truth.slice(from + 1)) {
    const driven = of(laps, record.row);
    const made = of(stops, record.row);
    if (record.kind === 'lap' && record.atMs >= fromMs) driven.push({ ...record, lap: countsLaps ? record.lap : next(driven), valid: true });
    if (record.kind === 'stop' && isSeen(record)) made.push({ ...record, stop: countsStops ? record.stop : next(made), inAtMs: clock(record.inAtMs), outAtMs: clock(record.outAtMs), valid: true });
    if (record.kind !== 'withdraw-laps') continue;
    if (countsLaps || record.cause !== 'penalty') withdraw(driven, record.laps, clock(record.atMs));
    withdraw(made, countsStops ? record.stops : Math.min(record.stops, made.at(-1)?.outAtMs === null ? 1 : 0), clock(record.atMs));
  }
  const crews = new Map(truth[from]?.entries.map(({ row, drivers }) => [row, drivers.join(' / ')]));
  return { laps, stops, crews, results: truth.slice(from + 1).filter(({ kind }) => kind === 'result') };
}

/** The newest that still count do so no longer. */
function withdraw(list, count, atMs) {
  const valid = validOf(list);
  for (const entry of valid.slice(Math.max(0, valid.length - count))) Object.assign(entry, { valid: false, withdrawnAtMs: atMs });
}

function validOf(list) {
  return list.filter(({ valid }) => valid);
}

/** Every lap that was driven, in order, with its time and whether it counts. */
function compareLaps(check, row, race, state) {
  const wanted = race.laps.get(row) ?? [];
  const got = state.lapList.filter(({ code, timeMs }) => code === row && timeMs !== null);
  const text = (lap) => (lap === undefined ? 'none' : `${lap.lap} in ${lap.timeMs} ms${lap.valid ? '' : ', withdrawn'}`);
  for (let place = 0; place < Math.max(wanted.length, got.length); place += 1) {
    const before = text(wanted[place]);
    check('laps', `${row} lap entry ${place + 1}`, before, text(got[place]));
    const driver = got[place]?.driver ?? null;
    // a cell that names the whole crew does not say who drives
    if (before === text(got[place]) && driver !== null && driver !== race.crews.get(row)) check('drivers', `${row} lap ${wanted[place].lap} driver`, wanted[place].driver, driver);
  }
}

function compareStops(check, row, race, state) {
  const wanted = race.stops.get(row) ?? [];
  const got = state.stopList.filter(({ code }) => code === row);
  const near = (left, right) => left === right || (left !== null && right !== null && Math.abs(left - right) <= STOP_LIMIT_MS);
  // a stop that is taken back while it runs has no exit, but the table shows the kart on the track from then on
  const nearExit = (stop, told) => near(stop.outAtMs, told.outAtMs) || (stop.outAtMs === null && !stop.valid && near(stop.withdrawnAtMs, told.outAtMs));
  for (let place = 0; place < Math.max(wanted.length, got.length); place += 1) {
    const stop = wanted[place];
    const told = got[place];
    const same = stop !== undefined && told !== undefined && near(stop.inAtMs, told.inAtMs) && nearExit(stop, told);
    check('stops', `${row} stop entry ${place + 1}`, stopText(stop), same ? stopText({ ...told, inAtMs: stop.inAtMs, outAtMs: stop.outAtMs }) : stopText(told));
  }
}

function stopText(stop) {
  if (stop === undefined) return 'none';
  const at = (ms) => (ms === null ? 'open' : new Date(ms).toISOString().slice(11, 23));
  return `${stop.stop} from ${at(stop.inAtMs)} to ${at(stop.outAtMs)}${stop.valid ? '' : ', withdrawn'}`;
}
