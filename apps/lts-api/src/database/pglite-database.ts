import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { PipelineError } from '@lts/contracts';
import { Database, type Execute, type Sql, sqlOn } from './connection.js';

interface Ask {
  id: number;
  sql?: string;
  params?: readonly unknown[];
  rows?: 'arrays' | 'objects';
  close?: true;
}

interface Answer {
  id: number;
  rows?: unknown[];
  error?: { message: string; code: string | null; constraint: string | null };
}

/** An error the database reported, with PostgreSQL's code. */
export class SqlError extends Error {
  constructor(
    message: string,
    readonly code: string | null,
    readonly constraint: string | null,
  ) {
    super(message);
    this.name = 'SqlError';
  }
}

/** The built-in database: PostgreSQL compiled to WebAssembly, in a worker thread, data in a folder. One statement at a time. */
export class PgliteDatabase extends Database {
  readonly kind = 'pglite';
  private readonly asked = new Map<number, { resolve: (rows: unknown[]) => void; reject: (error: Error) => void }>();
  /** What goes to the thread together, at the end of this turn of the event loop. */
  private readonly outgoing: Ask[] = [];
  private lastId = 0;
  private turn: Promise<unknown> = Promise.resolve();
  /** Why the thread is gone; null while it runs. */
  private gone: PipelineError | null = null;

  private constructor(private readonly worker: Worker) {
    super();
    worker.on('message', (answers: Answer[]) => {
      for (const answer of answers) this.take(answer);
    });
    worker.on('error', (error: unknown) => this.failAll(error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.failAll('its thread has ended'));
  }

  /**
   * Opens the folder, making it when it is missing; null keeps everything in memory.
   *
   * @throws PipelineError `LTS_DATABASE_BROKEN` when it does not open
   */
  static async open(folder: string | null): Promise<PgliteDatabase> {
    const worker = new Worker(new URL('../../worker/pglite-worker.mjs', import.meta.url), { workerData: { folder }, execArgv: [] });
    const database = new PgliteDatabase(worker);
    try {
      await new Promise<unknown[]>((resolve, reject) => database.asked.set(0, { resolve, reject }));
    } catch (error) {
      await worker.terminate();
      throw new PipelineError('LTS_DATABASE_BROKEN', `The database in ${folder ?? 'memory'} does not open.`, { cause: error });
    }
    return database;
  }

  read<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.inTurn(() => work(sqlOn(this.execute)));
  }

  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.inTurn(async () => {
      // goes to the thread together with the first statement; it fails only when the thread is gone
      const begun = this.execute('begin', [], 'arrays');
      begun.catch(() => undefined);
      try {
        const result = await work(sqlOn(this.execute));
        await begun;
        await this.execute('commit', [], 'arrays');
        return result;
      } catch (error) {
        await this.execute('rollback', [], 'arrays');
        throw error;
      }
    });
  }

  /** In turn: a statement inside somebody's failed transaction would fail with it. */
  async check(): Promise<void> {
    await this.inTurn(() => this.execute('select 1', [], 'arrays'));
  }

  async close(): Promise<void> {
    await this.turn.catch(() => undefined);
    if (this.gone !== null) return;
    const exited = once(this.worker, 'exit');
    this.send({ id: (this.lastId += 1), close: true });
    await exited;
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = async (): Promise<Result> => {
      try {
        return await work();
      } catch (error) {
        throw this.gone ?? error;
      }
    };
    const result = this.turn.then(run, run);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private readonly execute: Execute = (sql, params, rows) =>
    new Promise((resolve, reject) => {
      if (this.gone !== null) {
        reject(this.gone);
        return;
      }
      const id = (this.lastId += 1);
      this.asked.set(id, { resolve, reject });
      this.send({ id, sql, params, rows });
    });

  private send(ask: Ask): void {
    if (this.outgoing.length === 0) process.nextTick(() => this.worker.postMessage(this.outgoing.splice(0)));
    this.outgoing.push(ask);
  }

  private take(answer: Answer): void {
    const asked = this.asked.get(answer.id);
    this.asked.delete(answer.id);
    if (answer.error !== undefined) asked?.reject(new SqlError(answer.error.message, answer.error.code, answer.error.constraint));
    else asked?.resolve(answer.rows ?? []);
  }

  private failAll(reason: string): void {
    this.gone ??= new PipelineError('LTS_DATABASE_UNAVAILABLE', `The built-in database has stopped (${reason}). Start this app again.`);
    for (const asked of this.asked.values()) asked.reject(this.gone);
    this.asked.clear();
  }
}
