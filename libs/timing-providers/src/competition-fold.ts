import type { FeedFold, FeedFrame, FoldOutcome, TimingProvider } from './provider.js';
import { PROVIDERS, lastOf } from './providers.js';

/** What a `CompetitionFold` needs to go on. */
export interface CompetitionSnapshot {
  /** Name of the provider; null while no frame has been recognised. */
  provider: string | null;
  state: unknown;
}

/**
 * The fold of a competition whose provider its own frames tell: the first one that recognises a frame has the competition
 * from that frame on. So a recording needs to say nothing of its provider, and folds the same wherever it is read.
 */
export class CompetitionFold implements FeedFold {
  private provider: TimingProvider | null = null;
  private fold: FeedFold;

  /** @param settings what persons have set: name of a parser setting -> value */
  constructor(
    private readonly settings: Readonly<Record<string, string>> = {},
    private readonly providers: readonly TimingProvider[] = PROVIDERS,
  ) {
    this.fold = lastOf(providers).newFold(settings);
  }

  /** Goes on from a snapshot. @throws Error when it is none, of another version, or of a provider that is not there */
  static restore(snapshot: unknown, settings: Readonly<Record<string, string>>, providers: readonly TimingProvider[] = PROVIDERS): CompetitionFold {
    if (!isSnapshot(snapshot)) throw new Error('This is no snapshot of a competition.');
    const provider = snapshot.provider === null ? null : providers.find(({ name }) => name === snapshot.provider);
    if (provider === undefined) throw new Error(`There is no timing provider "${String(snapshot.provider)}".`);
    const restored = new CompetitionFold(settings, providers);
    restored.provider = provider;
    restored.fold = (provider ?? lastOf(providers)).restoreFold(snapshot.state, settings);
    return restored;
  }

  apply(frame: FeedFrame): FoldOutcome {
    if (this.provider === null) this.recognise(frame.text);
    return this.fold.apply(frame);
  }

  snapshot(): CompetitionSnapshot {
    return { provider: this.provider?.name ?? null, state: this.fold.snapshot() };
  }

  view(): unknown {
    return this.fold.view();
  }

  private recognise(text: string): void {
    this.provider = this.providers.find((provider) => provider.recognises(text)) ?? null;
    if (this.provider !== null && this.provider !== lastOf(this.providers)) this.fold = this.provider.newFold(this.settings);
  }
}

function isSnapshot(value: unknown): value is CompetitionSnapshot {
  if (typeof value !== 'object' || value === null || !('provider' in value) || !('state' in value)) return false;
  return value.provider === null || typeof value.provider === 'string';
}
