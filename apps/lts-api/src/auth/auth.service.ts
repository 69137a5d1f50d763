import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, gt, isNotNull, lte, notInArray } from 'drizzle-orm';
import { Database, type Sql } from '../database/connection.js';
import { bearers } from '../database/schema.js';
import { LtsApiEnv } from '../env.js';
import { type Identity, KeyRing } from './key-ring.js';
import { hash, newSecret, seal, unseal } from './secrets.js';

const HOUR_MS = 3_600_000;
const MOST_REMEMBERED = 10_000;
/** How long another instance may go on with a bearer that was ended here. */
const REMEMBERED_MS = 10_000;
/** Sessions of one key at once; the oldest one ends. */
const MOST_SESSIONS = 100;

interface Remembered {
  identity: Identity | null;
  untilMs: number;
}

/**
 * Sessions: a key is changed into a bearer, which expires. Only hashes of both are stored. The processes of a pipeline
 * share the bearer of their batch key, as with the original; it is kept so that only the key opens it.
 */
@Injectable()
export class AuthService {
  /** Bearers seen lately, oldest first, at most 10,000; saves a look into the database per request. */
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(LtsApiEnv) private readonly env: LtsApiEnv,
  ) {}

  /** A bearer for a key, or null when nobody has that key. */
  signIn(key: string): Promise<(Identity & { bearer: string }) | null> {
    return this.database.transaction(async (tables) => {
      const keyHash = hash(key);
      const owner = await this.keys.owner(tables, keyHash);
      if (owner === null) return null;
      const shared = owner.role === 'batch' ? await this.sharedBearer(tables, key) : null;
      if (shared !== null) return { bearer: shared, ...owner };
      const bearer = newSecret();
      await this.keep(tables, { bearer, key, isShared: owner.role === 'batch' });
      await endOldest(tables, keyHash);
      return { bearer, ...owner };
    });
  }

  /** Whom a bearer stands for, or null when it is unknown, expired or ended, or its key is gone. */
  async identify(bearer: string): Promise<Identity | null> {
    const known = this.remembered.get(bearer);
    if (known !== undefined && known.untilMs > Date.now()) return known.identity;
    const found = await this.database.read(async (tables) => {
      const [row] = await tables.select().from(bearers).where(eq(bearers.bearerHash, hash(bearer)));
      if (row === undefined || row.untilMs <= Date.now()) return null;
      const identity = await this.keys.owner(tables, row.keyHash);
      return identity === null ? null : { identity, untilMs: Math.min(row.untilMs, Date.now() + REMEMBERED_MS) };
    });
    this.remembered.delete(bearer);
    if (found !== null) this.remember(bearer, found);
    return found?.identity ?? null;
  }

  /** Ends a session; elsewhere it may go on for ten seconds. */
  async end(bearer: string): Promise<void> {
    await this.database.transaction((tables) => tables.delete(bearers).where(eq(bearers.bearerHash, hash(bearer))));
    this.forget();
  }

  /** Looks each bearer up again. */
  forget(): void {
    this.remembered.clear();
  }

  /** Stores a bearer of a key for as long as the settings say. */
  async keep(tables: Sql, { bearer, key, isShared }: { bearer: string; key: string; isShared: boolean }): Promise<void> {
    const values = { bearerHash: hash(bearer), keyHash: hash(key), untilMs: Date.now() + this.env.bearerHours * HOUR_MS, sealed: isShared ? seal(bearer, key) : null };
    await tables.insert(bearers).values(values).onConflictDoUpdate({ target: bearers.bearerHash, set: values });
  }

  /** The bearer that the processes of a batch key share; null when there is none, or it has less than half its time left. */
  private async sharedBearer(tables: Sql, key: string): Promise<string | null> {
    const halfMs = Date.now() + (this.env.bearerHours * HOUR_MS) / 2;
    const [row] = await tables.select().from(bearers).where(and(eq(bearers.keyHash, hash(key)), isNotNull(bearers.sealed), gt(bearers.untilMs, halfMs))).orderBy(desc(bearers.untilMs)).limit(1);
    return typeof row?.sealed === 'string' ? unseal(row.sealed, key) : null;
  }

  private remember(bearer: string, found: Remembered): void {
    const [oldest] = this.remembered.keys();
    if (this.remembered.size >= MOST_REMEMBERED && oldest !== undefined) this.remembered.delete(oldest);
    this.remembered.set(bearer, found);
  }
}

/** Expired sessions of the key, and those beyond the limit. */
async function endOldest(tables: Sql, keyHash: string): Promise<void> {
  await tables.delete(bearers).where(lte(bearers.untilMs, Date.now()));
  const newest = await tables.select({ bearerHash: bearers.bearerHash }).from(bearers).where(eq(bearers.keyHash, keyHash)).orderBy(desc(bearers.untilMs)).limit(MOST_SESSIONS);
  if (newest.length < MOST_SESSIONS) return;
  await tables.delete(bearers).where(and(eq(bearers.keyHash, keyHash), notInArray(bearers.bearerHash, newest.map((row) => row.bearerHash))));
}
