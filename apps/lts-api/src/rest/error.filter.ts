import { type ArgumentsHost, BadRequestException, Catch, type ExceptionFilter, HttpException, Logger, NotFoundException } from '@nestjs/common';
import { PipelineError } from '@lts/contracts';
import { Rejection, isRefusal } from '../engine/rejection.js';
import type { AuthGuard, AuthorisedRequest } from '../auth/auth.guard.js';

/** The part of a Fastify reply that is used here. */
export interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): unknown;
}

/** Gives every error the form the contract states; what went wrong inside goes to the log, never to the client. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  constructor(private readonly guard: AuthGuard) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const reply = http.getResponse<Reply>();
    const shown = error instanceof NotFoundException ? await this.unknownPath(http.getRequest<AuthorisedRequest>()) : this.shown(error);
    reply.status(shown.status).header('content-type', 'application/json; charset=utf-8').send(shown.body);
  }

  /** Whoever may not read is not told either which paths there are. */
  private async unknownPath(request: AuthorisedRequest): Promise<{ status: number; body: object }> {
    if (request.url.startsWith('/v1/')) {
      try {
        await this.guard.authorise(request, 'viewer');
      } catch (error) {
        return this.shown(error);
      }
    }
    return { status: 404, body: { detail: 'Not Found' } };
  }

  private shown(error: unknown): { status: number; body: object } {
    if (error instanceof Rejection) return error.statusCode === 422 ? invalid([error.message]) : failure(error.statusCode, error.message);
    if (error instanceof BadRequestException) return invalid(messagesOf(error));
    if (error instanceof HttpException) return failure(error.getStatus(), error.message);
    if (error instanceof PipelineError && error.retriable) return failure(503, error.message);
    if (isRefusal(error)) return failure(400, 'No data was inserted or updated.');
    return this.unforeseen(error instanceof Error ? error : new Error(String(error)));
  }

  private unforeseen(error: Error): { status: number; body: object } {
    const status = statusOf(error);
    if (status !== null) return failure(status, error.message);
    this.logger.error({ event: 'request-failed', error: error.message.slice(0, 500) }, error.stack);
    return failure(500, 'An error has occured.');
  }
}

function failure(status: number, message: string): { status: number; body: object } {
  return { status, body: { status_code: status, message, extra_data: {} } };
}

function invalid(messages: readonly string[]): { status: number; body: object } {
  return { status: 422, body: { detail: messages.map((msg) => ({ type: 'value_error', loc: ['body', msg.split(' ')[0]], msg })) } };
}

function messagesOf(error: BadRequestException): string[] {
  const response = error.getResponse();
  const message: unknown = typeof response === 'object' && 'message' in response ? response.message : error.message;
  return Array.isArray(message) ? message.map(String) : [String(message)];
}

/** Fastify's own errors (body too large, broken JSON) carry a status. */
function statusOf(error: Error): number | null {
  const status: unknown = 'statusCode' in error ? error.statusCode : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
