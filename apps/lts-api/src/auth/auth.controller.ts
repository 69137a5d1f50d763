import { Body, Controller, Get, Headers, HttpCode, HttpException, Inject, Post } from '@nestjs/common';
import { Field } from '../rest/request/fields.js';
import { InvalidRequest, missing } from '../rest/request/faults.js';
import { text } from '../rest/request/kinds.js';
import { type Identity, AuthService } from './auth.service.js';
import { Needs } from './roles.js';

/** Body of `POST /v1/auth`. */
export class AuthBody {
  @Field(text(Number.POSITIVE_INFINITY)) key!: string;
}

@Controller('v1')
export class AuthController {
  constructor(@Inject(AuthService) private readonly auth: AuthService) {}

  @Get('health')
  @Needs(null)
  health(): { status: string } {
    return { status: 'ok' };
  }

  @Post('auth')
  @HttpCode(200)
  @Needs(null)
  async bearer(@Body() { key }: AuthBody): Promise<{ bearer: string } & Identity> {
    const found = await this.auth.bearerFor(key);
    if (found === null) throw new HttpException('Invalid API key.', 401);
    return found;
  }

  @Get('auth/validate')
  @Needs(null)
  async validate(@Headers('authorization') authorization?: string): Promise<Identity> {
    if (authorization === undefined) throw new InvalidRequest([missing(['header', 'authorization'], null)]);
    const bearer = /^Bearer (.+)$/.exec(authorization)?.[1];
    const identity = bearer === undefined ? null : await this.auth.identify(bearer);
    if (identity === null) throw new HttpException('Invalid authentication.', 403);
    return { name: identity.name, role: identity.role };
  }
}
