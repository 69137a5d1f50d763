import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { represent } from '../rest/representation.js';
import { Field } from '../rest/request/fields.js';
import { oneOf, text } from '../rest/request/kinds.js';
import { PathId } from '../rest/request/path.pipes.js';
import { AuthService } from './auth.service.js';
import { KeyRing } from './key-ring.js';
import { Needs, ROLES, type Role } from './roles.js';

/** Body of a new key. */
export class KeyBody {
  @Field(text()) name!: string;
  @Field(oneOf(ROLES)) role!: Role;
}

/** The keys in the database; those of the settings are not among them. */
@Controller('v1/admin/keys')
@Needs('admin')
export class KeysController {
  constructor(
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(AuthService) private readonly auth: AuthService,
  ) {}

  @Get()
  async list(): Promise<object[]> {
    return (await this.keys.list()).map((row) => represent(row, ['keyHash']));
  }

  /** The answer tells the key; it is told never again. */
  @Post()
  @HttpCode(200)
  async add(@Body() { name, role }: KeyBody): Promise<object> {
    return represent(await this.keys.add({ name, role }), ['keyHash']);
  }

  @Delete(':key_id')
  async remove(@Param('key_id', PathId) id: number): Promise<object> {
    await this.keys.remove(id);
    this.auth.forget();
    return {};
  }

  /** Ends all sessions of a key, which stays. */
  @Delete(':key_id/bearers')
  async endBearers(@Param('key_id', PathId) id: number): Promise<object> {
    await this.keys.endBearers(id);
    this.auth.forget();
    return {};
  }
}
