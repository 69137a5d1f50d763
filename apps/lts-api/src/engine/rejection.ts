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
