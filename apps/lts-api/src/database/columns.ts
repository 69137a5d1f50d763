import { sql } from 'drizzle-orm';
import { bigint, integer, serial, timestamp } from 'drizzle-orm/pg-core';

/** Serial number of a row; never part of what two databases are compared by. */
export const id = () => serial().primaryKey();

/** Unix ms. */
export const atMs = () => bigint({ mode: 'number' });

const NOW = sql`(now() at time zone 'utc')`;
const stamp = () => timestamp({ precision: 0, mode: 'string' }).notNull().default(NOW);

/** When the row was made and last changed, UTC, whole seconds. */
export const dates = { insertDate: stamp(), updateDate: stamp().$onUpdate(() => NOW) };

export const count = () => integer().notNull().default(0);
