import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PreparedStatements } from './prepared-statements.mjs';

/**
 * Owns the built-in database in a thread of its own, so that it does not hold up the live stream.
 * Plain JavaScript, since a worker is loaded as it stands, also when the app runs from its sources.
 *
 * In: lists of `{ id, sql, params, rows }` (rows: `arrays` or `objects`) and `{ id, close: true }`. Out: lists of `{ id, rows }`
 * and `{ id, error }`, one for each list: a message between threads costs as much as a small statement.
 */
const asText = (text) => text;
const asJson = (text) => JSON.parse(text);
/** Type ids of PostgreSQL: times and 8-byte integers travel as text, JSON as values. */
const parsers = { 20: asText, 1114: asText, 114: asJson, 3802: asJson };

const CHECKPOINT_EVERY_ROWS = 100_000;
let database;
let statements;
let rowsSinceCheckpoint = 0;
let inTransaction = false;

async function answer({ id, sql, params, rows, close }) {
  try {
    if (close) {
      await database.close();
      return { id, rows: [] };
    }
    const result = await statements.run(sql, params, { rowMode: rows === 'arrays' ? 'array' : 'object', parsers });
    await checkpointWhenDue(sql, result.affectedRows ?? 0);
    return { id, rows: result.rows };
  } catch (error) {
    return { id, error: { message: String(error?.message ?? error), code: error?.code ?? null, constraint: error?.constraint ?? null } };
  }
}

async function answerAll(asked) {
  const answers = [];
  for (const one of asked) answers.push(await answer(one));
  parentPort.postMessage(answers);
  if (asked.some(({ close }) => close)) parentPort.close();
}

/** Without a checkpoint from time to time the write-ahead log grows without bound. */
async function checkpointWhenDue(sql, changed) {
  rowsSinceCheckpoint += changed;
  if (sql === 'begin') inTransaction = true;
  if (sql === 'commit' || sql === 'rollback') inTransaction = false;
  if (inTransaction || rowsSinceCheckpoint < CHECKPOINT_EVERY_ROWS) return;
  rowsSinceCheckpoint = 0;
  await database.exec('checkpoint');
}

try {
  database = await PGlite.create({ dataDir: workerData.folder ?? undefined, relaxedDurability: true, postgresqlconf: ["max_wal_size = '64MB'", "timezone = 'UTC'"] });
  await database.query('select 1');
  statements = new PreparedStatements(database);
  let turn = Promise.resolve();
  parentPort.on('message', (message) => (turn = turn.then(() => answerAll(message))));
  parentPort.postMessage([{ id: 0, rows: [] }]);
} catch (error) {
  parentPort.postMessage([{ id: 0, error: { message: String(error?.message ?? error), code: null, constraint: null } }]);
}
