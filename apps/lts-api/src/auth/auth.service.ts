import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { and, eq, ne } from 'drizzle-orm';
import { Database } from '../database/connection.js';
import { apiAuth } from '../database/schema.js';
import { LtsApiEnv } from '../env.js';
import { ROLES, type Role } from './roles.js';

/** Who a bearer or key stands for. */
export interface Identity {
  name: string;
  role: Role;
}

const HOUR_MS = 3_600_000;
const MOST_BEARERS = 10_000;

/**
 * Keys and bearers. Keys are stored as hashes; a bearer is signed with the hash of its key and carries its expiry,
 * so that every instance knows it without storing it. A key that the settings replace ends with its bearers at the next start.
 */
@Injectable()
export class AuthService implements OnApplicationBootstrap {
  /** Bearers seen valid, oldest first, at most 10,000; saves a look into the database per request. */
  private readonly known = new Map<string, Identity & { untilMs: number }>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LtsApiEnv) private readonly env: LtsApiEnv,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.env.apiAdminKey !== undefined) await this.ensureKey(this.env.apiAdminKey, 'admin', 'admin');
    if (this.env.apiBatchKey !== undefined) await this.ensureKey(this.env.apiBatchKey, 'batch', 'pipeline');
    const keys = await this.database.read((tables) => tables.select().from(apiAuth).limit(1));
    if (keys.length > 0) return;
    const key = randomBytes(24).toString('base64url');
    await this.ensureKey(key, 'admin', 'admin');
    process.stderr.write(`A first admin key was made; it is shown only now: ${key}\n`);
  }

  /** A bearer for a key, or null when nobody has that key. */
  async bearerFor(key: string): Promise<(Identity & { bearer: string }) | null> {
    const keyHash = hash(key);
    const [row] = await this.database.read((tables) => tables.select().from(apiAuth).where(eq(apiAuth.keyHash, keyHash)));
    if (row === undefined) return null;
    const untilMs = Date.now() + this.env.bearerHours * HOUR_MS;
    const claim = `${row.id}.${untilMs}.${randomBytes(9).toString('base64url')}`;
    return { bearer: `${claim}.${hash(`${claim}/${keyHash}`)}`, name: row.name, role: roleOf(row.role) };
  }

  /** Whom a bearer stands for, or null when it is unknown, expired, or its key is gone. */
  async identify(bearer: string): Promise<Identity | null> {
    const known = this.known.get(bearer);
    if (known !== undefined) return known.untilMs > Date.now() ? known : null;
    const [id, until, , signature] = bearer.split('.');
    const untilMs = Number(until);
    if (signature === undefined || !/^\d{1,9}$/.test(id ?? '') || !(untilMs > Date.now())) return null;
    const [row] = await this.database.read((tables) => tables.select().from(apiAuth).where(eq(apiAuth.id, Number(id))));
    const claim = bearer.slice(0, -signature.length - 1);
    if (row === undefined || hash(`${claim}/${row.keyHash}`) !== signature) return null;
    const identity = { name: row.name, role: roleOf(row.role), untilMs };
    this.remember(bearer, identity);
    return identity;
  }

  private remember(bearer: string, identity: Identity & { untilMs: number }): void {
    const [oldest] = this.known.keys();
    if (this.known.size >= MOST_BEARERS && oldest !== undefined) this.known.delete(oldest);
    this.known.set(bearer, identity);
  }

  /** One key of each name: the one that the settings give now. */
  private async ensureKey(key: string, role: Role, name: string): Promise<void> {
    await this.database.transaction(async (tables) => {
      await tables.delete(apiAuth).where(and(eq(apiAuth.name, name), eq(apiAuth.role, role), ne(apiAuth.keyHash, hash(key))));
      await tables.insert(apiAuth).values({ keyHash: hash(key), role, name }).onConflictDoUpdate({ target: apiAuth.keyHash, set: { role, name } });
    });
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function roleOf(text: string): Role {
  return ROLES.find((role) => role === text) ?? 'viewer';
}
