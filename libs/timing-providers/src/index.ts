export { CompetitionFold } from './competition-fold.js';
export type { CompetitionSnapshot } from './competition-fold.js';
export { FeedPages } from './feed-pages.js';
export type { CircuitPoll, CircuitWays, FeedFold, FeedFrame, FeedPoll, FoldOutcome, PollNews, Reached, TimingProvider, UnknownLine, Web, WebPage } from './provider.js';
export { PROVIDERS, providerOfAddress } from './providers.js';
