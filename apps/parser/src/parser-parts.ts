import type { TimingProvider } from '@lts/timing-providers';
import type { ParserEnv } from './env.js';

/** What a `ParserService` is made for. */
export interface ParserParts {
  env: Readonly<ParserEnv>;
  /** Whose feeds may come. */
  providers: readonly TimingProvider[];
}

/** Injection token of the `ParserParts`. */
export const PARSER_PARTS = Symbol('parser parts');
