import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { type BatchAnswer, type BatchRequest, type Operation, type Watermarks, type Writer, isFrameId } from '@lts/contracts';
import { Database } from '../../database/connection.js';
import { rejectedOperations, watermarks } from '../../database/schema.js';
import { EngineService } from '../../engine/engine.service.js';
import { Rejection } from '../../engine/rejection.js';
import { References } from '../competition-reference.js';
import { represent } from '../representation.js';
import { InCompetition } from '../request/path.js';

const WRITERS: readonly Writer[] = ['api-sender', 'metrics'];

@Controller('v1')
export class BatchController {
  constructor(
    @Inject(EngineService) private readonly engine: EngineService,
    @Inject(Database) private readonly database: Database,
    @Inject(References) private readonly references: References,
  ) {}

  /** Operations of whole frames, in one transaction with the writer's watermark. */
  @Post('batch')
  @HttpCode(200)
  batch(@Body() body: unknown): Promise<BatchAnswer> {
    return this.engine.batch(batchRequest(body));
  }

  @Get(['c/:competition_id/watermark', 'competitions/:competition_id/watermark'])
  async watermark(@InCompetition() reference: string): Promise<Watermarks> {
    const id = await this.references.competition(reference);
    if (id === null) return {};
    const rows = await this.database.read((tables) => tables.select().from(watermarks).where(eq(watermarks.competitionId, id)));
    return Object.fromEntries(rows.map(({ writer, frame }) => [writer, frame]));
  }

  @Get(['c/:competition_id/rejected', 'competitions/:competition_id/rejected'])
  async rejected(@InCompetition() reference: string): Promise<object[]> {
    const id = (await this.references.competition(reference)) ?? -1;
    const rows = await this.database.read((tables) => tables.select().from(rejectedOperations).where(eq(rejectedOperations.competitionId, id)).orderBy(rejectedOperations.operation));
    return rows.map((row) => represent(row, ['competitionId']));
  }
}

/** Checked by hand: a batch holds a thousand operations, and each is checked again where it is applied. @throws Rejection 422 */
function batchRequest(body: unknown): BatchRequest {
  const { competition, writer: writerName, from, to, operations } = fieldsOf(body);
  const writer = WRITERS.find((known) => known === writerName);
  if (typeof competition !== 'string') throw new Rejection(422, 'competition must be a text.');
  if (writer === undefined) throw new Rejection(422, `writer must be one of ${WRITERS.join(', ')}.`);
  if (typeof from !== 'string' || typeof to !== 'string' || !isFrameId(from) || !isFrameId(to)) throw new Rejection(422, 'from and to must be frame ids.');
  if (!Array.isArray(operations)) throw new Rejection(422, 'operations must be a list.');
  const prefix = `/v1/c/~${encodeURIComponent(competition)}/`;
  return { competition, writer, from, to, operations: operations.map((operation: unknown) => checkedOperation(operation, prefix)) };
}

function checkedOperation(operation: unknown, prefix: string): Operation {
  const { id, method, path, body } = fieldsOf(operation);
  if (typeof id !== 'string' || typeof path !== 'string') throw new Rejection(422, 'operations must each have an id and a path.');
  if (method !== 'PUT' && method !== 'POST' && method !== 'DELETE') throw new Rejection(422, 'operations must have a method: PUT, POST or DELETE.');
  if (!path.startsWith(prefix)) throw new Rejection(422, `operations must be on ${prefix}…`);
  return { id, method, path, body: fieldsOf(body) };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
