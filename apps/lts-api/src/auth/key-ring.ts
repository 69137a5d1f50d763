import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { and, asc, eq } from 'drizzle-orm';
import { Database, type Sql } from '../database/connection.js';
import { apiAuth, bearers } from '../database/schema.js';
import { Rejection } from '../engine/rejection.js';
import { LtsApiEnv } from '../env.js';
import { type Role, roleOf } from './roles.js';
import { hash, newSecret } from './secrets.js';

/** Who a bearer or key stands for. */
export interface Identity {
  name: string;
  role: Role;
}

const FIRST_ADMIN = { name: 'first admin', role: 'admin' } as const;

/**
 * All keys: those of the settings, which hold as long as the settings give them, and those in the database, of which
 * only hashes are stored.
 */
@Injectable()
export class KeyRing implements OnApplicationBootstrap {
  /** Keys of the settings, by hash. */
  private readonly given: ReadonlyMap<string, Identity>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LtsApiEnv) env: LtsApiEnv,
  ) {
    const keys: [string | undefined, Identity][] = [
      [env.apiBatchKey, { name: 'pipeline', role: 'batch' }],
      [env.apiAdminKey, { name: 'admin', role: 'admin' }],
    ];
    this.given = new Map(keys.flatMap(([key, identity]) => (key === undefined ? [] : [[hash(key), identity]])));
  }

  /** Without any administrator one is made up, and its key told once; it ends when the settings name another one. */
  async onApplicationBootstrap(): Promise<void> {
    if ([...this.given.values()].some(({ role }) => role === 'admin')) {
      await this.database.transaction((tables) => tables.delete(apiAuth).where(and(eq(apiAuth.name, FIRST_ADMIN.name), eq(apiAuth.role, FIRST_ADMIN.role))));
      return;
    }
    const made = await this.database.transaction(async (tables) => {
      const admins = await tables.select({ id: apiAuth.id }).from(apiAuth).where(eq(apiAuth.role, 'admin')).limit(1);
      return admins.length > 0 ? null : insertKey(tables, FIRST_ADMIN);
    });
    if (made !== null) process.stderr.write(`A first admin key was made; it is shown only now: ${made.key}\n`);
  }

  /** Whom the key with that hash stands for, null when there is none. */
  async owner(tables: Sql, keyHash: string): Promise<Identity | null> {
    const given = this.given.get(keyHash);
    if (given !== undefined) return given;
    const [row] = await tables.select().from(apiAuth).where(eq(apiAuth.keyHash, keyHash));
    return row === undefined ? null : { name: row.name, role: roleOf(row.role) };
  }

  /** The keys in the database, oldest first. */
  list(): Promise<(typeof apiAuth.$inferSelect)[]> {
    return this.database.read((tables) => tables.select().from(apiAuth).orderBy(asc(apiAuth.id)));
  }

  /** A new key; it is told only now. */
  add(identity: Identity): Promise<typeof apiAuth.$inferSelect & { key: string }> {
    return this.database.transaction((tables) => insertKey(tables, identity));
  }

  /** Removes a key with its bearers. @throws Rejection 400 when nobody could manage keys any more */
  async remove(id: number): Promise<void> {
    await this.database.transaction(async (tables) => {
      const [removed] = await tables.delete(apiAuth).where(eq(apiAuth.id, id)).returning();
      if (removed === undefined) return;
      await tables.delete(bearers).where(eq(bearers.keyHash, removed.keyHash));
      const admins = await tables.select({ id: apiAuth.id }).from(apiAuth).where(eq(apiAuth.role, 'admin')).limit(1);
      const isLast = removed.role === 'admin' && admins.length === 0 && ![...this.given.values()].some(({ role }) => role === 'admin');
      if (isLast) throw new Rejection(400, 'The last admin key cannot be removed.');
    });
  }

  /** Ends all bearers of a key. */
  async endBearers(id: number): Promise<void> {
    await this.database.transaction(async (tables) => {
      const [key] = await tables.select().from(apiAuth).where(eq(apiAuth.id, id));
      if (key !== undefined) await tables.delete(bearers).where(eq(bearers.keyHash, key.keyHash));
    });
  }
}

async function insertKey(tables: Sql, identity: Identity): Promise<typeof apiAuth.$inferSelect & { key: string }> {
  const key = newSecret();
  const [row] = await tables.insert(apiAuth).values({ keyHash: hash(key), ...identity }).returning();
  if (row === undefined) throw new Error('The database did not tell the new key.');
  return { ...row, key };
}
