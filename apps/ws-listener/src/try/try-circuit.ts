import { PipelineError } from '@lts/contracts';
import { systemClock } from '@lts/feed-intake';
import { type TimingProvider, providerOfAddress } from '@lts/timing-providers';
import type { WsListenerEnv } from '../env.js';
import { CompetitionLink } from '../link/competition-link.js';
import { type LinkTarget, linkTargets } from '../link/link-target.js';
import { type SocketLimits, socketLimits } from '../link/socket-link.js';
import { CircuitFindings } from './circuit-findings.js';

/** How long to listen once the circuit is reached, ms. */
const LISTEN_MS = 10_000;
/** How long reaching it may take, ms. */
const REACH_MS = 40_000;

/** What is to be tried. */
export interface Trial {
  target: LinkTarget;
  limits: SocketLimits;
  providers: readonly TimingProvider[];
  listenMs?: number;
}

/** The trial that the settings ask for; null when they ask for none. @throws PipelineError `LTS_SOCKET_URI` */
export function trialOf(env: Readonly<WsListenerEnv>, providers: readonly TimingProvider[]): Trial | null {
  if (env.try === undefined) return null;
  const [target] = linkTargets({ competitionCode: 'try', websocketUri: env.try, competitions: [], websocketHeaders: env.websocketHeaders });
  return target === undefined ? null : { target, limits: socketLimits(env), providers };
}

/**
 * Listens to a circuit for a while, publishes nothing, and says how it was reached, what came, and what was understood.
 *
 * @param say takes a line for the user
 * @throws PipelineError `LTS_CIRCUIT_PAGE` when the address is none of a circuit, `LTS_CIRCUIT_UNREACHABLE` when nothing comes
 */
export async function tryCircuit({ target, limits, providers, listenMs = LISTEN_MS }: Trial, say: (line: string) => void): Promise<void> {
  const findings = new CircuitFindings(providers);
  const news = new LinkNews(say);
  const link = new CompetitionLink({
    target,
    provider: providerOfAddress(new URL(target.uri), providers),
    limits,
    clock: systemClock,
    sink: findings,
    report: (event, details) => news.take(event, details),
  });
  const run = link.run();
  const enough = new AbortController();
  await Promise.race([news.reached, systemClock.sleep(REACH_MS, enough.signal)]);
  enough.abort();
  if (news.isReached) await systemClock.sleep(listenMs);
  link.stop();
  await run;
  if (!news.isReached) throw news.fault();
  judge(findings, link.state().via ?? '');
  for (const line of findings.report()) say(line);
}

function judge(findings: CircuitFindings, via: string): void {
  if (findings.isEmpty) throw new PipelineError('LTS_CIRCUIT_UNREACHABLE', `${via} is reached, but nothing comes. A circuit sends its page at connect: try again when a session runs, and check that the address is that of its live timing.`);
  if (!findings.isUnderstood) throw new PipelineError('LTS_CIRCUIT_PAGE', `What comes from ${via} is the feed of no timing provider that is known:\n${findings.report().join('\n')}`);
}

/** What a link says of itself, as lines for the user; tells when the circuit is reached, or cannot be. */
class LinkNews {
  isReached = false;
  /** Resolves when the circuit is reached, or each way has failed once. */
  readonly reached: Promise<void>;
  private readonly faults: string[] = [];
  private isWrongPage = false;
  private sockets: readonly unknown[] = [];
  private decided = (): void => undefined;

  constructor(private readonly say: (line: string) => void) {
    this.reached = new Promise((resolve) => (this.decided = resolve));
  }

  take(event: string, details: Record<string, unknown>): void {
    const uri = String(details['uri']);
    if (event === 'circuit-found') this.found(uri, details);
    else if (event === 'link-open') this.opened(uri);
    else if (event === 'link-lost') this.lost(uri, details);
    else if (event === 'no-link') this.decided();
  }

  fault(): PipelineError {
    const faults = this.faults.length > 0 ? this.faults.join(' ') : 'it does not answer.';
    if (this.isWrongPage) return new PipelineError('LTS_CIRCUIT_PAGE', faults);
    return new PipelineError('LTS_CIRCUIT_UNREACHABLE', `The circuit cannot be reached: ${faults} Check the network and the address; a browser on this machine should show the circuit's live timing.`);
  }

  private found(uri: string, { sockets, hasPoll }: Record<string, unknown>): void {
    this.sockets = Array.isArray(sockets) ? sockets : [];
    this.say(`${uri} tells of ${[...this.sockets, ...(hasPoll === true ? ['a poll'] : [])].join(', ')}`);
  }

  private opened(uri: string): void {
    this.isReached = true;
    this.say(`Reached by ${uri}`);
    this.decided();
  }

  private lost(uri: string, { reason, code }: Record<string, unknown>): void {
    const text = String(reason);
    const fault = text.includes(uri) ? text : `${uri}: ${text}.`;
    if (this.isReached) this.say(`Lost: ${fault}`);
    else if (code !== 'LTS_CIRCUIT_PAGE') this.say(`Not reached: ${fault}`);
    this.faults.push(fault);
    this.isWrongPage ||= code === 'LTS_CIRCUIT_PAGE';
    // the poll is the last way
    if (this.sockets.length > 0 && !this.sockets.includes(uri)) this.decided();
  }
}
