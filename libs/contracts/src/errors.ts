import type { Place } from './place.js';

/** Every code an error of the pipeline can carry; `docs/errors.md` explains each. */
export const ERROR_CODES = [
  'LTS_API_REJECTED',
  'LTS_API_UNAUTHORISED',
  'LTS_API_UNAVAILABLE',
  'LTS_CIRCUIT_PAGE',
  'LTS_CIRCUIT_UNREACHABLE',
  'LTS_COMPETITION_UNKNOWN',
  'LTS_CONFIGURATION',
  'LTS_DATABASE_BROKEN',
  'LTS_DATABASE_UNAVAILABLE',
  'LTS_FOLDER_IN_USE',
  'LTS_FRAME_OUT_OF_ORDER',
  'LTS_KAFKA_UNAVAILABLE',
  'LTS_MESSAGE_INVALID',
  'LTS_PORT_IN_USE',
  'LTS_RECORDING_CONFLICT',
  'LTS_RECORDING_UNREADABLE',
  'LTS_RECORDING_UNWRITABLE',
  'LTS_SPOOL_FULL',
  'LTS_SOCKET_URI',
  'LTS_STOPPING',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorContext {
  competitionCode?: string;
  place?: Place;
  cause?: unknown;
}

const RETRIABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'LTS_API_UNAVAILABLE',
  'LTS_API_UNAUTHORISED',
  'LTS_CIRCUIT_UNREACHABLE',
  'LTS_COMPETITION_UNKNOWN',
  'LTS_DATABASE_UNAVAILABLE',
  'LTS_KAFKA_UNAVAILABLE',
  'LTS_RECORDING_UNWRITABLE',
  'LTS_STOPPING',
]);

/**
 * An error with a stable code. `retriable` ones pass by themselves (a broker, API or database that is away);
 * the others stay as they are however often they are tried, and their message is parked.
 * The message is a sentence for people and holds no secret.
 */
export class PipelineError extends Error {
  readonly code: ErrorCode;
  readonly retriable: boolean;
  readonly competitionCode: string | undefined;
  readonly place: Place | undefined;

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = 'PipelineError';
    this.code = code;
    this.retriable = RETRIABLE.has(code);
    this.competitionCode = context.competitionCode;
    this.place = context.place;
  }
}

/** Any thrown value as a `PipelineError`; what is not one already counts as permanent. */
export function classify(thrown: unknown): PipelineError {
  if (thrown instanceof PipelineError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new PipelineError('LTS_MESSAGE_INVALID', message, { cause: thrown });
}

/** True when a thrown value carries this system error code, e.g. `EEXIST`. */
export function hasSystemCode(thrown: unknown, code: string): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === code;
}
