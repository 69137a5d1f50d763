import { asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { AuthService } from '../auth/auth.service.js';
import { ROLES, roleOf } from '../auth/roles.js';
import { hash } from '../auth/secrets.js';
import type { Sql } from '../database/connection.js';
import { apiAuth, pitsOut } from '../database/schema.js';
import { Rejection } from '../engine/rejection.js';
import { dateText } from '../rest/representation.js';
import { checkCell } from './original-row.js';

type Given = readonly Record<string, unknown>[];

/** A table of the original that is kept in another shape than its own. */
export interface SpecialTable {
  columns: readonly string[];
  /** Keys and bearers become hashes; what belongs to whom is told by `auth`. */
  load(tables: Sql, rows: Given, auth: AuthService): Promise<void>;
  /** Rows in primary-key order, by column. */
  read(tables: Sql): Promise<Record<string, unknown>[]>;
}

const textOf = (place: string, value: unknown): string => {
  checkCell(place, { kind: 'text', isRequired: true }, value);
  return String(value);
};

/** Keys with their bearers. What is stored of them tells neither, so reading gives null for both. */
const keys: SpecialTable = {
  columns: ['id', 'key', 'bearer', 'name', 'role', 'insert_date', 'update_date'],
  async load(tables, rows, auth) {
    for (const [index, row] of rows.entries()) {
      const place = `api_auth[${index}]`;
      const key = textOf(`${place}.key`, row['key']);
      const role = row['role'] ?? 'viewer';
      checkCell(`${place}.role`, { kind: ROLES, isRequired: true }, role);
      checkCell(`${place}.id`, { kind: 'whole', isRequired: false }, row['id'] ?? null);
      const id = typeof row['id'] === 'number' ? { id: row['id'] } : {};
      await tables.insert(apiAuth).values({ ...id, keyHash: hash(key), name: textOf(`${place}.name`, row['name']), role: roleOf(typeof role === 'string' ? role : '') });
      const bearer = row['bearer'] ?? '';
      if (bearer !== '') await auth.keep(tables, { bearer: textOf(`${place}.bearer`, bearer), key, isShared: role === 'batch' });
    }
  },
  async read(tables) {
    const rows = await tables.select().from(apiAuth).orderBy(asc(apiAuth.id));
    return rows.map((row) => ({ id: row.id, key: null, bearer: null, name: row.name, role: roleOf(row.role), insert_date: dateText(row.insertDate), update_date: dateText(row.updateDate) }));
  },
};

/** Which exit belongs to which entry; with us the exit says so. */
const links: SpecialTable = {
  columns: ['id', 'pit_in_id', 'pit_out_id', 'insert_date', 'update_date'],
  async load(tables, rows) {
    for (const [index, row] of rows.entries()) {
      const { pit_in_id: pitInId, pit_out_id: pitOutId } = row;
      if (typeof pitInId !== 'number' || typeof pitOutId !== 'number') throw new Rejection(422, `timing_pits_in_out[${index}] must have pit_in_id and pit_out_id.`);
      const linked = await tables.update(pitsOut).set({ pitInId, updateDate: sql`${pitsOut.updateDate}` }).where(eq(pitsOut.id, pitOutId)).returning({ id: pitsOut.id });
      if (linked.length === 0) throw new Rejection(400, `timing_pits_in_out[${index}]: there is no pit-out with ID=${pitOutId}.`);
    }
  },
  async read(tables) {
    const rows = await tables.select().from(pitsOut).where(isNotNull(pitsOut.pitInId)).orderBy(asc(pitsOut.pitInId));
    return rows.map((row, index) => ({ id: index + 1, pit_in_id: row.pitInId, pit_out_id: row.id, insert_date: dateText(row.insertDate), update_date: dateText(row.updateDate) }));
  },
};

/** Used by no part of the original: accepted, not kept. */
const health: SpecialTable = {
  columns: ['id', 'name', 'label', 'status', 'message', 'insert_date', 'update_date'],
  load: () => Promise.resolve(),
  read: () => Promise.resolve([]),
};

export const SPECIAL_TABLES: ReadonlyMap<string, SpecialTable> = new Map([
  ['api_auth', keys],
  ['timing_pits_in_out', links],
  ['stats_health', health],
]);
