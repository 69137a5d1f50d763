/** Where a value stands: `body`, `path` or `header`, then names and places in lists. */
export type Location = readonly (string | number)[];

/** One thing that is wrong with a request, in the form that clients of the original know. */
export interface Fault {
  type: string;
  loc: Location;
  msg: string;
  input: unknown;
  ctx?: Readonly<Record<string, string>>;
  url?: string;
}

/** Pages that explain the kinds of faults; clients of the original find their address in each entry. */
const EXPLAINED_AT = 'https://errors.pydantic.dev/2.4/v/';

/** A fault of a kind that is explained there. */
export function fault(type: string, loc: Location, msg: string, input: unknown): Fault {
  return { type, loc, msg, input, url: `${EXPLAINED_AT}${type}` };
}

export function missing(loc: Location, input: unknown): Fault {
  return fault('missing', loc, 'Field required', input);
}

/** A request that cannot be understood: status 422 with every fault. */
export class InvalidRequest extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; '));
    this.name = 'InvalidRequest';
  }
}
