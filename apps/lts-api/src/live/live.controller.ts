import type { ServerResponse } from 'node:http';
import { Controller, Get, Headers, Inject, NotFoundException, Res } from '@nestjs/common';
import { References } from '../rest/competition-reference.js';
import { ofCompetition } from '../rest/paths.js';
import { InCompetition } from '../rest/request/path.js';
import { LiveService } from './live.service.js';

/** The part of a Fastify reply that hands over the connection. */
interface RawReply {
  hijack(): unknown;
  raw: ServerResponse;
}

@Controller(ofCompetition())
export class LiveController {
  constructor(
    @Inject(LiveService) private readonly live: LiveService,
    @Inject(References) private readonly references: References,
  ) {}

  /** Server-sent events: a snapshot, then changes. */
  @Get('live')
  async stream(@InCompetition() reference: string, @Res() reply: RawReply, @Headers('last-event-id') lastEventId?: string): Promise<void> {
    const id = await this.references.competition(reference);
    if (id === null) throw new NotFoundException();
    reply.hijack();
    await this.live.open(id, reply.raw, lastEventId ?? null);
  }
}
