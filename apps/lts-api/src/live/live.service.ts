import type { ServerResponse } from 'node:http';
import { HttpException, Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { StageHealth } from '@lts/bootstrap';
import { Database } from '../database/connection.js';
import { ChangeFeed } from '../engine/change-feed.js';
import { LtsApiEnv } from '../env.js';
import { LiveChannel } from './live-channel.js';
import { LiveClient } from './live-client.js';

const HEARTBEAT_MS = 10_000;

/** All open live streams, by competition. Channels exist while somebody watches; their number is bounded by the clients'. */
@Injectable()
export class LiveService implements OnModuleDestroy {
  private readonly channels = new Map<number, LiveChannel>();
  private readonly heartbeats: NodeJS.Timeout;
  private readonly unsubscribe: () => void;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChangeFeed) feed: ChangeFeed,
    @Inject(LtsApiEnv) private readonly env: LtsApiEnv,
    @Inject(StageHealth) health: StageHealth,
  ) {
    this.unsubscribe = feed.listen((change) => this.channels.get(change.competitionId)?.committed(change));
    this.heartbeats = setInterval(() => this.channels.forEach((channel) => channel.heartbeat()), HEARTBEAT_MS);
    health.count('lts_live_clients', () => this.clientCount());
  }

  /** @throws HttpException 503 when the limit of streams is reached */
  async open(competitionId: number, response: ServerResponse, lastEventId: string | null): Promise<void> {
    if (this.clientCount() >= this.env.maxLiveClients) throw new HttpException('Too many live streams are open; try again later.', 503);
    const channel = this.channels.get(competitionId) ?? new LiveChannel(this.database, competitionId);
    this.channels.set(competitionId, channel);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', connection: 'keep-alive', 'x-accel-buffering': 'no' });
    const client = new LiveClient(response, (caughtUp) => void channel.sendSnapshot(caughtUp).catch(() => caughtUp.end()));
    response.on('close', () => {
      channel.remove(client);
      if (channel.size === 0) this.channels.delete(competitionId);
    });
    await channel.add(client, lastEventId).catch(() => client.end());
  }

  onModuleDestroy(): void {
    this.unsubscribe();
    clearInterval(this.heartbeats);
    this.channels.forEach((channel) => channel.end());
  }

  private clientCount(): number {
    return [...this.channels.values()].reduce((sum, channel) => sum + channel.size, 0);
  }
}
