import pg from 'pg';
import { PipelineError } from '@lts/contracts';
import { Database, type Sql, sqlOn } from './connection.js';

/** Instants without zone and 64-bit integers stay texts; the columns decide what they become, as with the built-in database. */
const TYPES = new pg.TypeOverrides();
TYPES.setTypeParser(pg.types.builtins.INT8, (value) => value);
TYPES.setTypeParser(pg.types.builtins.TIMESTAMP, (value) => value);

const MOST_CONNECTIONS = 8;

/** A PostgreSQL server. */
export class PostgresDatabase extends Database {
  readonly kind = 'postgres';
  private readonly pool: pg.Pool;

  constructor(url: string) {
    super();
    this.pool = new pg.Pool({ connectionString: url, max: MOST_CONNECTIONS, pipeline: true, options: '-c timezone=UTC', connectionTimeoutMillis: 5_000 });
    // a connection that breaks while idle is replaced at its next use
    this.pool.on('error', () => undefined);
    // one that breaks while it is used fails its statement, too; the event alone would end the process
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  read<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.withClient((client) => work(sqlOf(client)));
  }

  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.withClient(async (client) => {
      await client.query('begin');
      try {
        const result = await work(sqlOf(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    });
  }

  check(): Promise<void> {
    return this.withClient(async (client) => {
      await client.query('select 1');
    });
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw unavailable(error);
    });
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      // a server that ends a connection says so before it closes it: it must not be used again in between
      const isLost = isConnectionLoss(error);
      client.release(isLost);
      throw isLost ? unavailable(error) : error;
    }
  }
}

function sqlOf(client: pg.PoolClient): Sql {
  return sqlOn(async (text, params, rows) => {
    const query = { text, values: [...params], types: TYPES };
    const result = rows === 'arrays' ? await client.query<unknown[]>({ ...query, rowMode: 'array' }) : await client.query<Record<string, unknown>>(query);
    return result.rows;
  });
}

/** Class 08 is a lost connection, 57P a server that is stopping or starting; without a code the socket broke. Drizzle hands on the cause. */
function isConnectionLoss(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('cause' in error && isConnectionLoss(error.cause)) return true;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code.startsWith('08') || code.startsWith('57P') || code.startsWith('ECONN');
  return error instanceof Error && error.message.includes('Connection terminated');
}

function unavailable(error: unknown): PipelineError {
  const reason = error instanceof Error ? error.message : 'unknown';
  return new PipelineError('LTS_DATABASE_UNAVAILABLE', `The PostgreSQL server does not answer (${reason}). Start it, or correct DATABASE_URL.`, { cause: error });
}
