import { Server } from 'node:net';
import { Body, Controller, HttpCode, Inject, Logger, NotFoundException, type OnApplicationBootstrap, Post, Req } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AuthGuard, type AuthorisedRequest } from '../auth/auth.guard.js';
import { Needs } from '../auth/roles.js';
import { LtsApiEnv } from '../env.js';
import { ImportService } from './import.service.js';
import { rowsRequest } from './rows-request.js';

/** Headers that a request has which comes through a proxy, or from a page in a browser. */
const NOT_FROM_HERE = /^(forwarded|x-forwarded-.*|origin)$/;

/** The original's rows, to move an installation over and for tests; there is no such path unless the settings allow it. */
@Controller('v1/admin')
export class ImportController implements OnApplicationBootstrap {
  private readonly logger = new Logger(ImportController.name);

  constructor(
    @Inject(ImportService) private readonly rowsOf: ImportService,
    @Inject(AuthGuard) private readonly guard: AuthGuard,
    @Inject(LtsApiEnv) private readonly env: LtsApiEnv,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    if (this.env.apiImport) this.logger.warn({ event: 'import-allowed', consequence: 'POST /v1/admin/rows can empty the database; from this machine no key is needed while the API listens on a loopback address', instead: 'Set API_IMPORT=false when everything is moved over.' });
  }

  @Post('rows')
  @HttpCode(200)
  @Needs(null)
  async rows(@Req() request: AuthorisedRequest, @Body() body: unknown): Promise<object> {
    if (!this.env.apiImport) throw new NotFoundException();
    if (!this.isFromHere(request)) await this.guard.authorise(request, 'admin');
    const asked = rowsRequest(body);
    return { tables: asked.op === 'rows' ? await this.rowsOf.rows(asked.tables) : await this.rowsOf.load(asked.tables, asked.op === 'reset') };
  }

  /** No bearer, no proxy, no page, and nobody but this machine reaches the server. */
  private isFromHere({ headers }: AuthorisedRequest): boolean {
    return headers.authorization === undefined && !Object.keys(headers).some((name) => NOT_FROM_HERE.test(name)) && isLoopback(this.address());
  }

  private address(): string {
    const server: unknown = this.host.httpAdapter.getHttpServer();
    const address = server instanceof Server ? server.address() : null;
    return typeof address === 'object' && address !== null ? address.address : '';
  }
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127(\.\d+){3}$/.test(address) || address === '::1';
}
