import { describe, expect, it } from '@jest/globals';
import { CompetitionFold } from './competition-fold.js';
import { FeedPages } from './feed-pages.js';
import type { FeedFold, TimingProvider } from './provider.js';
import { PROVIDERS, providerOfAddress } from './providers.js';

const PAGE = 'init|r|\ntitle2||RACE\ngrid||<tbody></tbody>\nmsg||\n';

/** Counts its frames, and tells the count as the session. */
class CountingFold implements FeedFold {
  constructor(private count: number) {}
  apply(): ReturnType<FeedFold['apply']> {
    this.count += 1;
    return { session: this.count, actions: [], counts: { lines: 1, unknown: 0 }, unknownLines: [], warnings: [] };
  }
  snapshot(): unknown {
    return this.count;
  }
  view(): unknown {
    return { count: this.count };
  }
}

const counting: TimingProvider = {
  name: 'counting',
  ownsAddress: ({ hostname }) => hostname === 'counting.example',
  reach: ({ href }) => Promise.resolve({ ways: { sockets: [href], poll: null } }),
  recognises: (text) => text.startsWith('count:'),
  startsPage: (text) => text === 'count:start',
  endsPage: (text) => text === 'count:start',
  newFold: () => new CountingFold(0),
  restoreFold: (snapshot) => new CountingFold(Number(snapshot)),
};
const BOTH = [counting, ...PROVIDERS];
const frame = (text: string): { atMs: number; text: string } => ({ atMs: 1, text });

describe(CompetitionFold.name, () => {
  it('has the provider that first recognises a frame, whatever comes later', () => {
    const apexRace = new CompetitionFold({}, BOTH);
    expect(apexRace.apply(frame(PAGE)).session).toBe(1);
    expect(apexRace.apply(frame('count:1')).counts.unknown).toBe(1);
    const counted = new CompetitionFold({}, BOTH);
    counted.apply(frame('count:1'));
    expect(counted.apply(frame(PAGE)).session).toBe(2);
  });

  it('takes what nobody recognises as frames of the last provider, until one is recognised', () => {
    const fold = new CompetitionFold({}, BOTH);
    expect(fold.apply(frame('GET / HTTP/1.1')).counts).toEqual({ lines: 1, unknown: 1 });
    expect(fold.snapshot().provider).toBeNull();
    expect(fold.apply(frame('count:1')).session).toBe(1);
    expect(fold.snapshot().provider).toBe('counting');
  });

  it('goes on from its snapshot, recognised or not', () => {
    for (const texts of [['count:1', 'count:2'], [PAGE, 'r1|#|1'], ['title1||NIGHT', PAGE]]) {
      const whole = new CompetitionFold({}, BOTH);
      whole.apply(frame(texts[0]!));
      const cut = CompetitionFold.restore(JSON.parse(JSON.stringify(whole.snapshot())), {}, BOTH);
      expect(cut.apply(frame(texts[1]!))).toEqual(whole.apply(frame(texts[1]!)));
      expect(cut.snapshot()).toEqual(whole.snapshot());
      expect(cut.view()).toEqual(whole.view());
    }
  });

  it('refuses what is no snapshot, and one of a provider that is not there', () => {
    const snapshot = new CompetitionFold({}, BOTH).snapshot();
    const counted = { ...snapshot, provider: 'counting' };
    for (const wrong of [null, {}, { provider: 1, state: {} }, counted, { provider: 'apex', state: {} }]) expect(() => CompetitionFold.restore(wrong, {})).toThrow();
  });
});

describe(FeedPages.name, () => {
  it('judges by the provider that first recognises a frame', () => {
    const counted = new FeedPages(BOTH);
    expect([counted.startsPage('count:start'), counted.startsPage(PAGE), counted.endsPage('count:start')]).toEqual([true, false, true]);
    const apexRace = new FeedPages(BOTH);
    expect([apexRace.startsPage(PAGE), apexRace.endsPage(PAGE), apexRace.startsPage('count:start')]).toEqual([true, true, false]);
  });
});

describe(providerOfAddress.name, () => {
  it('gives an address to its provider, and to the last one what nobody claims', () => {
    const names = ['https://live.apex-timing.com/oval/', 'wss://counting.example/', 'ws://127.0.0.1:8092/'].map((address) => providerOfAddress(new URL(address), BOTH).name);
    expect(names).toEqual(['apex', 'counting', 'apex']);
  });
});
