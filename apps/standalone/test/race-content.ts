type Row = Record<string, unknown>;

const SERIAL = new Set(['id', 'team_id', 'competition_id', 'pit_in_id', 'insert_date', 'update_date']);

/** All that the API holds of a competition, by natural keys: serial numbers and dates of writing are left out. */
export async function raceContent(url: string, competition: string): Promise<Record<string, Row[]>> {
  const base = `${url}/v1/c/~${competition}`;
  const drivers = await rowsOf(`${base}/drivers`);
  const driverNames = new Map(drivers.map((driver) => [driver['id'], driver['name']]));
  const sessions = await rowsOf(`${base}/sessions`);
  const content: Record<string, Row[]> = { sessions, drivers };
  for (const part of ['metadata', 'metadata/history', 'parsers/settings', 'teams', 'timing', 'timing/history', 'messages', 'penalties', 'rejected']) content[part] = await rowsOf(`${base}/${part}`);
  for (const session of sessions) {
    const number = String(session['number']);
    content[`laps ${number}`] = await rowsOf(`${base}/laps?session=${number}`);
    content[`stops ${number}`] = await rowsOf(`${base}/stops?session=${number}`);
  }
  return Object.fromEntries(Object.entries(content).map(([part, rows]) => [part, sorted(rows.map((row) => natural(row, driverNames)))]));
}

export async function getJson(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers with ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** The rows of a list, or the one row of an item. */
export async function rowsOf(url: string): Promise<Row[]> {
  const found = await getJson(url);
  return (Array.isArray(found) ? found : [found]) as Row[];
}

function natural(row: Row, driverNames: ReadonlyMap<unknown, unknown>): Row {
  const entries = Object.entries(row).filter(([name]) => !SERIAL.has(name));
  return Object.fromEntries(entries.map(([name, value]) => (name === 'driver_id' ? ['driver', driverNames.get(value) ?? null] : [name, value])));
}

/** Histories keep the order of their frames; within equal rows it does not matter. */
function sorted(rows: Row[]): Row[] {
  return rows.map((row): [string, Row] => [JSON.stringify(row), row]).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)).map(([, row]) => row);
}
