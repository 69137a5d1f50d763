import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { TRANSPORT, type Transport } from '@lts/messaging';
import { StageHealth } from './stage-health.js';

interface Reply {
  status(code: number): Reply;
}

/** `/health/live`, `/health/ready` (503 while something is missing) and `/metrics`. */
@Controller()
export class HealthController {
  constructor(
    @Inject(StageHealth) private readonly health: StageHealth,
    @Inject(TRANSPORT) private readonly transport: Transport,
  ) {}

  @Get('health/live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  ready(@Res({ passthrough: true }) reply: Reply): object {
    const stage = this.health.report();
    const transport = this.transport.health();
    const ready = stage.ready && transport.ready;
    reply.status(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'waiting', transport, ...stage.parts };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4')
  metrics(): string {
    return this.health.metrics();
  }
}
