/** Where the REST API is and how to speak to it. */
export interface ApiAccess {
  /** Base address, e.g. `http://localhost:8090`. */
  readonly apiLts: string;
  readonly apiKey?: string;
  /** Limit of one request, ms. */
  readonly apiTimeoutMs: number;
}
