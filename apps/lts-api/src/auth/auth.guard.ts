import { type CanActivate, type ExecutionContext, HttpException, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { LtsApiEnv } from '../env.js';
import { AuthService } from './auth.service.js';
import { bearerOf } from './bearer-of.js';
import { NEEDED_ROLE, type Role, covers } from './roles.js';

const READING = ['GET', 'HEAD'];

/** The part of a request that decides who may go on. */
export interface AuthorisedRequest {
  method: string;
  url: string;
  headers: { authorization?: string };
  /** The route that was found; its path is the pattern, however the address was written. */
  routeOptions: { url?: string };
}

/** Lets a request to a route under `/v1` through when its bearer's role covers what the route needs. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(LtsApiEnv) private readonly env: LtsApiEnv,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<AuthorisedRequest>();
    const stated = this.reflector.getAllAndOverride<Role | null | undefined>(NEEDED_ROLE, [context.getHandler(), context.getClass()]);
    if (stated === null || request.routeOptions.url?.startsWith('/v1/') !== true) return true;
    await this.authorise(request, stated ?? (READING.includes(request.method) ? 'viewer' : 'batch'));
    return true;
  }

  /** @throws HttpException 403 unless the request may do what `needed` may */
  async authorise(request: AuthorisedRequest, needed: Role): Promise<void> {
    const { authorization } = request.headers;
    if (authorization === undefined && this.env.publicRead && request.method === 'GET' && needed === 'viewer') return;
    const bearer = bearerOf(authorization);
    const identity = bearer === null ? null : await this.auth.identify(bearer);
    if (identity === null) throw new HttpException('Invalid authentication.', 403);
    if (!covers(identity.role, needed)) throw new HttpException(`This needs a key of the role ${needed}.`, 403);
  }
}
