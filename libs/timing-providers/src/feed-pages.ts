import type { TimingProvider } from './provider.js';
import { lastOf } from './providers.js';

/** Where the pages of one competition begin and end. The first provider that recognises a frame is the competition's. */
export class FeedPages {
  private provider: TimingProvider | null = null;

  constructor(private readonly providers: readonly TimingProvider[]) {}

  startsPage(text: string): boolean {
    return this.providerOf(text).startsPage(text);
  }

  endsPage(text: string): boolean {
    return this.providerOf(text).endsPage(text);
  }

  private providerOf(text: string): TimingProvider {
    this.provider ??= this.providers.find((provider) => provider.recognises(text)) ?? null;
    return this.provider ?? lastOf(this.providers);
  }
}
