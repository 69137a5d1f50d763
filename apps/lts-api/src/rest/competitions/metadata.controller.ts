import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { asc, eq } from 'drizzle-orm';
import { metadataHistory } from '../../database/schema.js';
import { Body as Fields } from '../../engine/body.js';
import { EngineService } from '../../engine/engine.service.js';
import { noCompetition } from '../../engine/messages.js';
import { putMetadata } from '../../engine/operations/session.js';
import { DirectWrites } from '../direct-writes.js';
import { ofCompetition } from '../paths.js';
import { RaceState } from '../race-state.js';
import { represent } from '../representation.js';
import { InCompetition } from '../request/path.js';
import { StageBody } from '../single-field-bodies.js';
import { MetadataBody, RemainingLengthBody, StatusBody } from './bodies.js';

/** Status, stage and what remains of a competition; every change is kept. */
@Controller(ofCompetition('metadata'))
export class MetadataController {
  constructor(
    @Inject(EngineService) private readonly engine: EngineService,
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Get()
  metadata(@InCompetition() reference: string): Promise<object> {
    return this.state.metadata(reference);
  }

  @Get('history')
  history(@InCompetition() reference: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => (await tables.select().from(metadataHistory).where(eq(metadataHistory.competitionId, id)).orderBy(asc(metadataHistory.id))).map((row) => represent(row, ['id', 'competitionId'])));
  }

  @Put()
  change(@InCompetition() reference: string, @Body() body: MetadataBody): Promise<object> {
    return this.put(reference, body);
  }

  @Put('remaining_length')
  remainingLength(@InCompetition() reference: string, @Body() body: RemainingLengthBody): Promise<object> {
    return this.put(reference, body);
  }

  @Put('stage')
  stage(@InCompetition() reference: string, @Body() body: StageBody): Promise<object> {
    return this.put(reference, body);
  }

  @Put('status')
  status(@InCompetition() reference: string, @Body() body: StatusBody): Promise<object> {
    return this.put(reference, body);
  }

  private async put(reference: string, body: object): Promise<object> {
    const fields = new Fields(body);
    await this.engine.change({ competitionId: await this.writes.competition(reference), unknown: noCompetition(reference) }, (context) => putMetadata(context, fields));
    return this.state.metadata(reference);
  }
}
