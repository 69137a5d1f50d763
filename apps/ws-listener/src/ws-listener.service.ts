import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { StageHealth } from '@lts/bootstrap';
import { classify } from '@lts/contracts';
import { FeedIntake, systemClock } from '@lts/feed-intake';
import { type TimingProvider, providerOfAddress } from '@lts/timing-providers';
import { WsListenerEnv } from './env.js';
import type { LinkState } from './link/arrivals.js';
import { CompetitionLink } from './link/competition-link.js';
import { type LinkTarget, linkTargets } from './link/link-target.js';
import { socketLimits } from './link/socket-link.js';

/** Events that are no trouble. */
const GOOD_NEWS: ReadonlySet<string> = new Set(['link-open', 'circuit-found']);

/** Injection token of the timing providers whose feeds are listened to. */
export const LISTENED_PROVIDERS = Symbol('listened providers');

/**
 * Keeps one link for each configured competition and hands what arrives to the intake.
 *
 * Guarantees: a competition is connected only once its notifications can be heard and the API has said where it stands;
 * frames are published in the order of arrival; what was received survives the death of the process.
 */
@Injectable()
export class WsListenerService implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(WsListenerService.name);
  /** One for each competition of the configuration. */
  private readonly links = new Map<string, CompetitionLink>();
  private readonly faults = new Map<string, string>();
  private running: Promise<unknown> = Promise.resolve();
  private isStopping = false;

  constructor(
    @Inject(WsListenerEnv) private readonly env: WsListenerEnv,
    @Inject(FeedIntake) private readonly intake: FeedIntake,
    @Inject(StageHealth) health: StageHealth,
    @Inject(LISTENED_PROVIDERS) private readonly providers: readonly TimingProvider[],
  ) {
    health.add('links', () => this.health());
    health.add('intake', () => this.intake.state());
    health.count('lts_frames_total', () => this.total('frames'));
    health.count('lts_links_lost_total', () => this.total('linksLost'));
    health.count('lts_without_link_ms_total', () => this.total('withoutLinkMs'));
  }

  onApplicationBootstrap(): void {
    this.running = Promise.all(linkTargets(this.env).map((target) => this.listen(target)));
  }

  onModuleDestroy(): void {
    this.isStopping = true;
    for (const link of this.links.values()) link.stop();
  }

  /** Later than `onModuleDestroy`, since what a link waits for may itself be ended there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.running;
  }

  /** State of the links by competition. */
  state(): Record<string, LinkState> {
    return Object.fromEntries([...this.links].map(([competition, link]) => [competition, link.state()]));
  }

  private async listen(target: LinkTarget): Promise<void> {
    const competitionCode = target.competition;
    try {
      await this.intake.consumersReady();
      const sink = await this.intake.open(competitionCode);
      const report = (event: string, details: Record<string, unknown>): void => {
        const line = { event, competitionCode, ...details };
        if (GOOD_NEWS.has(event)) this.logger.log(line);
        else this.logger.warn(line);
      };
      const provider = providerOfAddress(new URL(target.uri), this.providers);
      const link = new CompetitionLink({ target, provider, sink, clock: systemClock, report, limits: socketLimits(this.env) });
      this.links.set(competitionCode, link);
      if (this.isStopping) link.stop();
      await link.run();
    } catch (error) {
      const { code, message } = classify(error);
      if (code === 'LTS_STOPPING') return;
      this.faults.set(competitionCode, message);
      this.logger.error({ event: 'listening-failed', competitionCode, code, error: message });
    }
  }

  private health(): { ready: boolean; competitions: Record<string, LinkState>; faults: Record<string, string> } {
    const competitions = this.state();
    const isConnected = this.links.size > 0 && Object.values(competitions).every((link) => link.isOpen);
    return { ready: isConnected && this.faults.size === 0, competitions, faults: Object.fromEntries(this.faults) };
  }

  private total(figure: 'frames' | 'linksLost' | 'withoutLinkMs'): number {
    return Object.values(this.state()).reduce((sum, link) => sum + link[figure], 0);
  }
}
