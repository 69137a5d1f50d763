import { Body, Controller, Delete, Get, Headers, HttpCode, HttpException, Inject, Post } from '@nestjs/common';
import { InvalidRequest, missing } from '../rest/request/faults.js';
import { Field } from '../rest/request/fields.js';
import { text } from '../rest/request/kinds.js';
import { AuthService } from './auth.service.js';
import { bearerOf } from './bearer-of.js';
import type { Identity } from './key-ring.js';
import { Needs } from './roles.js';

/** Body of `POST /v1/auth`. */
export class AuthBody {
  @Field(text(Number.POSITIVE_INFINITY)) key!: string;
}

@Controller('v1')
export class AuthController {
  constructor(@Inject(AuthService) private readonly auth: AuthService) {}

  /** Says that the API runs; asks no database. */
  @Get('health')
  @Needs(null)
  health(): { status: string } {
    return { status: 'ok' };
  }

  @Post('auth')
  @HttpCode(200)
  @Needs(null)
  async bearer(@Body() { key }: AuthBody): Promise<{ bearer: string } & Identity> {
    const found = await this.auth.signIn(key);
    if (found === null) throw new HttpException('Invalid API key.', 401);
    return found;
  }

  @Get('auth/validate')
  @Needs(null)
  async validate(@Headers('authorization') authorization?: string): Promise<Identity> {
    if (authorization === undefined) throw new InvalidRequest([missing(['header', 'authorization'], null)]);
    const bearer = bearerOf(authorization);
    const identity = bearer === null ? null : await this.auth.identify(bearer);
    if (identity === null) throw new HttpException('Invalid authentication.', 403);
    return { name: identity.name, role: identity.role };
  }

  /** Ends the session whose bearer it carries. */
  @Delete('auth')
  @Needs('viewer')
  async signOut(@Headers('authorization') authorization = ''): Promise<object> {
    await this.auth.end(bearerOf(authorization) ?? '');
    return {};
  }
}
