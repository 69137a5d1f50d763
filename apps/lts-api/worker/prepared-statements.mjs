/** What the database can keep ready; everything else may change what the statements kept ready refer to. */
const CAN_BE_PREPARED = /^\s*(select|insert|update|delete|with)\b/i;
const LEAVES_TABLES_ALONE = /^\s*(begin|commit|rollback|savepoint|release|checkpoint)\b/i;

const MOST_STATEMENTS = 200;

/**
 * Runs statements on a built-in database and keeps those that come again ready, so that they are read and planned once:
 * that is most of what a small statement costs. At most 200, the one longest unused goes first.
 */
export class PreparedStatements {
  /** Text of a statement -> its name, null when it was seen only once. */
  #names = new Map();
  #lastNumber = 0;

  constructor(database) {
    this.database = database;
  }

  /** @returns the result as `database.query` gives it */
  async run(sql, params, options) {
    if (!CAN_BE_PREPARED.test(sql)) return this.#runOther(sql, params, options);
    const name = this.#names.get(sql);
    const values = name === undefined ? null : literalsOf(params);
    if (values === null) {
      await this.#remember(sql, name ?? null);
      return this.database.query(sql, params, options);
    }
    const prepared = name ?? (await this.#prepare(sql));
    await this.#remember(sql, prepared);
    const [result] = await this.database.exec(`execute ${prepared}${values}`, options);
    return result;
  }

  async #runOther(sql, params, options) {
    const result = await this.database.query(sql, params, options);
    if (LEAVES_TABLES_ALONE.test(sql)) return result;
    for (const [text, name] of this.#names) if (name !== null) await this.#forget(text, name);
    return result;
  }

  async #prepare(sql) {
    const name = `statement_${(this.#lastNumber += 1)}`;
    await this.database.exec(`prepare ${name} as ${sql}`);
    return name;
  }

  async #remember(sql, name) {
    this.#names.delete(sql);
    this.#names.set(sql, name);
    const [oldest] = this.#names;
    if (this.#names.size > MOST_STATEMENTS) await this.#forget(...oldest);
  }

  async #forget(sql, name) {
    this.#names.delete(sql);
    if (name !== null) await this.database.exec(`deallocate ${name}`);
  }
}

/** Values in the form in which `execute` takes them; null when one has no such form. */
function literalsOf(params) {
  if (params.length === 0) return '';
  const literals = [];
  for (const value of params) {
    const literal = literalOf(value);
    if (literal === null) return null;
    literals.push(literal);
  }
  return `(${literals.join(',')})`;
}

/** The text of a value, whose type the statement decides, as with a parameter. */
function literalOf(value) {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
  const text = String(value);
  // the database refuses a text with a zero character, but would read a statement with one as ended
  return text.includes('\0') ? null : `'${text.replaceAll("'", "''")}'`;
}
