import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger, NotFoundException } from '@nestjs/common';
import { PipelineError } from '@lts/contracts';
import type { AuthGuard, AuthorisedRequest } from '../../auth/auth.guard.js';
import { NOTHING_WRITTEN } from '../../engine/messages.js';
import { Rejection, isRefusal } from '../../engine/rejection.js';
import { InvalidRequest } from './faults.js';
import type { KnownRoutes } from './known-routes.js';

/** The part of a Fastify reply that is used here. */
export interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): unknown;
}

interface ShownError {
  status: number;
  body: object;
}

/** Paths, with all that begins like them, of which anybody may know whether they exist. */
const OPEN_TO_ALL = ['/docs', '/openapi.json', '/v1/health', '/v1/auth'];

/** Gives every error the form the contract states; what went wrong inside goes to the log, never to the client. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  constructor(
    private readonly guard: AuthGuard,
    private readonly routes: KnownRoutes,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const reply = http.getResponse<Reply>();
    const shown = error instanceof NotFoundException ? await this.unknownPath(http.getRequest<AuthorisedRequest>()) : this.shown(error);
    reply.status(shown.status).header('content-type', 'application/json; charset=utf-8').send(shown.body);
  }

  /** Whoever may not read is not told either which paths there are. */
  private async unknownPath(request: AuthorisedRequest): Promise<ShownError> {
    if (!OPEN_TO_ALL.some((path) => request.url.startsWith(path))) {
      try {
        await this.guard.authorise(request, 'viewer');
      } catch (error) {
        return this.shown(error);
      }
    }
    if (request.routeOptions.url === undefined && this.routes.hasOther(request.method, request.url)) return { status: 405, body: { detail: 'Method Not Allowed' } };
    return { status: 404, body: { detail: 'Not Found' } };
  }

  private shown(error: unknown): ShownError {
    if (error instanceof InvalidRequest) return { status: 422, body: { detail: error.faults } };
    if (error instanceof Rejection) return error.statusCode === 422 ? invalid(error.message) : failure(error.statusCode, error.message);
    if (error instanceof HttpException) return failure(error.getStatus(), error.message);
    if (error instanceof PipelineError && error.retriable) return failure(503, error.message);
    if (isRefusal(error)) return failure(400, NOTHING_WRITTEN);
    return this.unforeseen(error instanceof Error ? error : new Error(String(error)));
  }

  private unforeseen(error: Error): ShownError {
    const status = statusOf(error);
    if (status !== null) return failure(status, error.message);
    this.logger.error({ event: 'request-failed', error: error.message.slice(0, 500) }, error.stack);
    return failure(500, 'An error has occured.');
  }
}

function failure(status: number, message: string): ShownError {
  return { status, body: { status_code: status, message, extra_data: {} } };
}

/** A sentence of the engine begins with the name of the field. */
function invalid(message: string): ShownError {
  return { status: 422, body: { detail: [{ type: 'value_error', loc: ['body', message.split(' ')[0]], msg: message, input: null }] } };
}

/** Fastify's own errors (a body too large, a path that is none) carry a status. */
function statusOf(error: Error): number | null {
  const status: unknown = 'statusCode' in error ? error.statusCode : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
