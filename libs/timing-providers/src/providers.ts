import { apex } from './apex/apex.js';
import type { TimingProvider } from './provider.js';

/** All providers. The last one takes the addresses and the frames that no other knows as its own. */
export const PROVIDERS: readonly TimingProvider[] = [apex];

/** The provider whose feed is reached by an address. */
export function providerOfAddress(address: URL, providers: readonly TimingProvider[]): TimingProvider {
  return providers.find((provider) => provider.ownsAddress(address)) ?? lastOf(providers);
}

/** The provider that takes what no other one knows. */
export function lastOf(providers: readonly TimingProvider[]): TimingProvider {
  return providers.at(-1) ?? apex;
}
