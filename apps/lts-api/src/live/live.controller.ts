import type { ServerResponse } from 'node:http';
import { Controller, Get, Headers, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import { References } from '../rest/competition-reference.js';
import { LiveService } from './live.service.js';

/** The part of a Fastify reply that hands over the connection. */
interface RawReply {
  hijack(): unknown;
  raw: ServerResponse;
}

@Controller('v1/c/:competition')
export class LiveController {
  constructor(
    @Inject(LiveService) private readonly live: LiveService,
    @Inject(References) private readonly references: References,
  ) {}

  /** Server-sent events: a snapshot, then changes. */
  @Get('live')
  async stream(@Param('competition') reference: string, @Res() reply: RawReply, @Headers('last-event-id') lastEventId?: string): Promise<void> {
    const id = await this.references.competition(reference);
    if (id === null) throw new NotFoundException();
    reply.hijack();
    await this.live.open(id, reply.raw, lastEventId ?? null);
  }
}
