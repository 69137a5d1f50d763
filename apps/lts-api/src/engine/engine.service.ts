import { Inject, Injectable, Logger } from '@nestjs/common';
import { type SQL, and, eq, sql } from 'drizzle-orm';
import { type BatchAnswer, type BatchRequest, type RejectedOperation, partsOfFrameId } from '@lts/contracts';
import { Database, type Sql } from '../database/connection.js';
import { competitions, rejectedOperations, watermarks } from '../database/schema.js';
import type { Book } from './book.js';
import { BookShelf } from './book-shelf.js';
import { Changes, type Reserved } from './changes.js';
import { ChangeFeed } from './change-feed.js';
import { committedChange } from './committed-change.js';
import { loadBook, loadNamedRows, nextIds, reserveIds } from './load-book.js';
import type { OperationContext } from './operation-context.js';
import { NOTHING_WRITTEN, noCompetition } from './messages.js';
import { type RoutedOperation, applyRouted, frameOf, route } from './operation-table.js';
import { Rejection, isRefusal, refusalText } from './rejection.js';
import { writeChanges } from './store.js';

interface Applied {
  book: Book;
  changes: Changes;
  answer: BatchAnswer;
}

type Frames = Pick<BatchRequest, 'writer' | 'to' | 'operations'>;

/** What a change that a client asked for is about. */
export interface Asked {
  competitionId: number;
  /** What is said when there is no such competition. */
  unknown?: string;
  /** Tables of which it may need a new id. */
  wanted?: readonly (keyof Reserved)[];
}

/**
 * Applies operations to the database; the only place that writes what a race consists of.
 *
 * Guarantees: all operations of a batch and its watermark in one transaction; operations of frames at or below the
 * watermark, or below an earlier one of the batch, are skipped; one that cannot be applied is recorded and does not stop the others; batches of one
 * competition follow one another, also over several instances (the competition's row is locked).
 */
@Injectable()
export class EngineService {
  private readonly logger = new Logger(EngineService.name);
  private readonly shelf = new BookShelf();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
  ) {}

  /** @throws Rejection 400 when the API has no such competition */
  async batch(request: BatchRequest): Promise<BatchAnswer> {
    const { book, changes, answer } = await this.settingBad(request);
    this.shelf.put(book);
    this.feed.emit(committedChange(book, changes, partsOfFrameId(answer.watermark).timeMs));
    return answer;
  }

  /** Applies one change that a client asked for. @throws Rejection as `work` does, 400 when the competition does not exist */
  async change<Result>({ competitionId, unknown = noCompetition(competitionId), wanted = [] }: Asked, work: (context: OperationContext) => Result): Promise<Result> {
    const { book, changes, result } = await this.database.transaction(async (tables) => {
      const present = await this.lockedBook(tables, eq(competitions.id, competitionId), unknown);
      const writing = new Changes();
      const context: OperationContext = { book: present, changes: writing, reserved: await reserveEach(tables, wanted), atMs: null, operationId: '' };
      const value = work(context);
      await writeChanges(tables, present, writing);
      await advance(tables, present);
      return { book: present, changes: writing, result: value };
    });
    this.shelf.put(book);
    this.feed.emit(committedChange(book, changes, null));
    return result;
  }

  /** Set-wise; if the database refuses the set, once more operation by operation, so that only the one at fault is rejected. */
  private async settingBad(request: BatchRequest): Promise<Applied> {
    try {
      return await this.database.transaction((tables) => this.apply(tables, request, applySet));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.logger.warn({ event: 'batch-refused', competitionCode: request.competition, error: refusalText(error) });
      return await this.database.transaction((tables) => this.apply(tables, request, applyOneByOne));
    }
  }

  private async apply(tables: Sql, request: BatchRequest, how: typeof applySet): Promise<Applied> {
    const which = eq(competitions.competitionCode, request.competition);
    // read after the lock is held, since another instance may have moved it; sent together with it all the same
    const [book, watermark] = await bothDone(this.lockedBook(tables, which, `The competition with code "${request.competition}" does not exist.`), watermarkOf(tables, which, request.writer));
    const { routed, rejected, skipped, highest } = routeFresh(request.operations, watermark);
    await loadNamedRows(tables, book, routed);
    const { book: written, changes, rejected: refused, stored } = await how(tables, book, routed);
    const all = [...rejected, ...refused].sort((left, right) => left.index - right.index);
    const reached = highest > request.to ? highest : request.to;
    await allDone([stored, recordRejected(tables, written, request, all), writeWatermark(tables, { competitionId: book.competitionId, writer: request.writer, frame: reached }), advance(tables, written)]);
    return { book: written, changes, answer: { watermark: reached, applied: routed.length - refused.length, skipped, rejected: all } };
  }

  private async lockedBook(tables: Sql, which: SQL, unknown: string): Promise<Book> {
    const [competition] = await tables.select().from(competitions).where(which).for('update');
    if (competition === undefined) throw new Rejection(400, unknown);
    return this.shelf.take(competition.id, competition.change) ?? loadBook(tables, competition);
  }
}

async function watermarkOf(tables: Sql, which: SQL, writer: string): Promise<string | null> {
  const [row] = await tables.select({ frame: watermarks.frame }).from(watermarks).innerJoin(competitions, eq(competitions.id, watermarks.competitionId)).where(and(which, eq(watermarks.writer, writer)));
  return row?.frame ?? null;
}

/** Waits for all before it fails: nothing may be sent any more when the transaction is rolled back. */
async function allDone(sent: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(sent)) if (outcome.status === 'rejected') throw outcome.reason;
}

async function bothDone<First, Second>(first: Promise<First>, second: Promise<Second>): Promise<[First, Second]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

async function writeWatermark(tables: Sql, row: typeof watermarks.$inferInsert): Promise<void> {
  await tables
    .insert(watermarks)
    .values(row)
    .onConflictDoUpdate({ target: [watermarks.competitionId, watermarks.writer], set: { frame: row.frame } });
}

interface Written {
  book: Book;
  changes: Changes;
  rejected: RejectedOperation[];
  /** Settles when the database has taken what was written; to be awaited together with what follows. */
  stored: Promise<void>;
}

/** An operation with its place in the request. */
type Placed = RoutedOperation & { index: number };

/** Without what the watermark covers, and without frames told again after later ones; `highest` is the watermark that the batch itself leads to. */
function routeFresh(operations: Frames['operations'], watermark: string | null): { routed: Placed[]; rejected: RejectedOperation[]; skipped: number; highest: string } {
  const routed: Placed[] = [];
  const rejected: RejectedOperation[] = [];
  let highest = watermark ?? '';
  operations.forEach((operation, index) => {
    const frame = frameOf(operation);
    if (frame !== null && (frame < highest || frame === watermark)) return;
    highest = frame ?? highest;
    try {
      routed.push({ ...route(operation), index });
    } catch (error) {
      rejected.push(asRejected(error, operation.id, index));
    }
  });
  return { routed, rejected, skipped: operations.length - routed.length - rejected.length, highest };
}

/** All operations in memory, then one write of the whole set. */
async function applySet(tables: Sql, book: Book, routed: readonly Placed[]): Promise<Written> {
  const changes = new Changes();
  const reserved = await reserveIds(tables, book, routed);
  const rejected: RejectedOperation[] = [];
  for (const one of routed) {
    try {
      applyRouted({ book, changes, reserved, atMs: one.frame === null ? null : partsOfFrameId(one.frame).timeMs, operationId: one.operation.id }, one);
    } catch (error) {
      rejected.push(asRejected(error, one.operation.id, one.index));
    }
  }
  return { book, changes, rejected, stored: writeChanges(tables, book, changes) };
}

/** Each operation in a savepoint of its own; watchers are told that everything may be different. */
async function applyOneByOne(tables: Sql, loaded: Book, routed: readonly Placed[]): Promise<Written> {
  let book = loaded;
  const rejected: RejectedOperation[] = [];
  const changes = new Changes();
  changes.timingReset = true;
  for (const one of routed) {
    const { session } = book;
    await tables.execute(sql`savepoint one`);
    try {
      const { rejected: refused, stored } = await applySet(tables, book, [one]);
      await stored;
      rejected.push(...refused);
      await tables.execute(sql`release savepoint one`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await tables.execute(sql`rollback to savepoint one`);
      book = await loadBook(tables, { id: book.competitionId, competitionCode: book.code, session, change: book.change });
      await loadNamedRows(tables, book, routed);
      rejected.push({ index: one.index, id: one.operation.id, status_code: 400, message: NOTHING_WRITTEN });
    }
  }
  return { book, changes, rejected, stored: Promise.resolve() };
}

async function recordRejected(tables: Sql, book: Book, { writer, operations }: Frames, rejected: readonly RejectedOperation[]): Promise<void> {
  const rows = rejected.flatMap(({ index, id, status_code: statusCode, message }) => {
    const operation = operations[index];
    return operation === undefined ? [] : [{ competitionId: book.competitionId, writer, operation: id, index, method: operation.method, path: operation.path, body: operation.body, statusCode, message }];
  });
  if (rows.length > 0) await tables.insert(rejectedOperations).values(rows).onConflictDoNothing();
}

async function advance(tables: Sql, book: Book): Promise<void> {
  book.change += 1;
  await tables.update(competitions).set({ change: book.change, changedAtMs: Date.now(), session: book.session }).where(eq(competitions.id, book.competitionId));
}

async function reserveEach(tables: Sql, wanted: readonly (keyof Reserved)[]): Promise<Reserved> {
  const reserved: Reserved = { teams: [], drivers: [], pits_in: [], pits_out: [] };
  for (const table of wanted) reserved[table] = await nextIds(tables, table, 1);
  return reserved;
}

function asRejected(error: unknown, id: string, index: number): RejectedOperation {
  if (!(error instanceof Rejection)) throw error;
  return { index, id, status_code: error.statusCode, message: error.message };
}
