import type { LapTruth, StopTruth, TruthRecord } from '@lts/race-simulator';

/** A row and its drivers, with the provider's ids. */
export interface RowEntry {
  row: string;
  id: number;
  number: string;
  team: string;
  category: string;
  drivers: readonly { id: number; name: string }[];
}

/** How the lines of a row are asked for. */
export interface Asked {
  /** Most lines. */
  count: number;
  /** Start of the session, Unix ms. */
  startMs: number;
  /** Best lap of the session, ms. */
  bestMs: number;
}

/** Laps and stops of one row, and the lines in which the provider tells them. */
export class RowHistory {
  private readonly laps: LapTruth[] = [];
  private readonly stops: StopTruth[] = [];
  private readonly code: string;

  constructor(private readonly entry: RowEntry) {
    this.code = `D${entry.row.slice(1)}`;
  }

  /** Best lap, ms; Infinity before there is one. A lap that the pit entry closed is too short to be one. */
  get bestMs(): number {
    return Math.min(...this.laps.filter(({ closedBy }) => closedBy !== 'entry').map(({ timeMs }) => timeMs));
  }

  add(record: TruthRecord): void {
    if (record.kind === 'lap') this.laps.push(record);
    if (record.kind === 'stop') this.stops.push(record);
    if (record.kind !== 'withdraw-laps') return;
    this.laps.splice(Math.max(0, this.laps.length - record.laps));
    this.stops.splice(Math.max(0, this.stops.length - record.stops));
  }

  /** @param part `L` laps, `P` stops, `B` bests, `INF` entry; anything else has no lines */
  lines(part: string, asked: Asked): string[] {
    if (part === 'L') return newest(this.lapLines(asked.bestMs), asked.count);
    if (part === 'P') return newest(this.stops.map((stop, place) => this.stopLine(stop, place, asked.startMs)), asked.count);
    if (part === 'B') return this.bestMs === Number.POSITIVE_INFINITY ? [] : [`${this.code}.BL#|||${this.bestMs}`];
    return part === 'INF' ? [this.entryLine()] : [];
  }

  private lapLines(sessionBestMs: number): string[] {
    const ownBestMs = this.bestMs;
    const lapsOfStops = new Set(this.stops.map((stop) => this.lapsBefore(stop.inAtMs) + 1));
    const colour = ({ lap, timeMs }: LapTruth): string => (lapsOfStops.has(lap) ? 'b' : timeMs === sessionBestMs ? 'p' : timeMs === ownBestMs ? 'g' : '');
    return this.laps.map((lap) => `${this.code}.L${String(lap.lap).padStart(4, '0')}#|||${colour(lap)}${lap.timeMs}`);
  }

  private stopLine(stop: StopTruth, place: number, startMs: number): string {
    const outBeforeMs = this.stops[place - 1]?.outAtMs ?? startMs;
    const lap = this.lapsBefore(stop.inAtMs);
    const pit = stop.outAtMs === null ? ['', ''] : [stop.outAtMs - startMs, stop.outAtMs - stop.inAtMs];
    const driver = this.entry.drivers.find(({ name }) => name === stop.driverBefore);
    const fields = [place + 1, lap, stop.inAtMs - startMs, ...pit, stop.inAtMs - outBeforeMs, lap - this.lapsBefore(outBeforeMs), driver?.id ?? '', this.drivenMs(stop.driverBefore, place, startMs)];
    return `${this.code}.P${String(place + 1).padStart(2, '0')}#${fields.join('|')}`;
  }

  /** Time on track of a driver up to the stop at `place`, ms. */
  private drivenMs(driver: string, place: number, startMs: number): number {
    const stints = this.stops.slice(0, place + 1).map((stop, at) => ({ driver: stop.driverBefore, ms: stop.inAtMs - (this.stops[at - 1]?.outAtMs ?? startMs) }));
    return stints.filter((stint) => stint.driver === driver).reduce((sum, { ms }) => sum + ms, 0);
  }

  private entryLine(): string {
    const { id, number, team, category, drivers } = this.entry;
    const current = this.stops.at(-1)?.driverAfter ?? this.laps.at(-1)?.driver ?? drivers[0]?.name;
    const driver = (person: { id: number; name: string }): string => `<driver id="${person.id}" num="" name="${escaped(person.name)}" nat="" color="" member="" center=""${person.name === current ? ' current="1"' : ''}/>`;
    const type = category === '' ? '' : `<inf type="class" title="" value="${escaped(category)}" nat=""/>`;
    return `${this.code}.INF#<driver id="${id}" num="${escaped(number)}" name="${escaped(team)}" nat="" color="" member="" center="">${type}${drivers.map(driver).join('')}</driver>`;
  }

  private lapsBefore(atMs: number): number {
    return this.laps.filter((lap) => lap.atMs < atMs).length;
  }
}

function newest(lines: readonly string[], count: number): string[] {
  return lines.slice(-count).reverse();
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
