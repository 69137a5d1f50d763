/** An operation that cannot be applied: its status and message as the REST contract states them. */
export class Rejection extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
    this.name = 'Rejection';
  }
}

/** The database refuses the data themselves: PostgreSQL's classes 22 (data) and 23 (constraint). */
export function isRefusal(error: unknown): boolean {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = 'cause' in cause ? cause.cause : null) {
    if ('code' in cause && typeof cause.code === 'string' && /^2[23]/.test(cause.code)) return true;
  }
  return false;
}

/** What the database said; the statement and its parameters are left out. */
export function refusalText(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
}
