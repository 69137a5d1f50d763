import { CompetitionState } from '@lts/apex-parser';
import type { TimingProvider } from '../provider.js';
import { waysFromPage } from './circuit-page.js';
import { endsPage, isApexFrame, startsPage } from './frames.js';

/** Apex Timing. A websocket address is taken as it is; every other address counts as the page of a circuit. */
export const apex: TimingProvider = {
  name: 'apex',
  ownsAddress: ({ hostname }) => hostname === 'apex-timing.com' || hostname.endsWith('.apex-timing.com'),
  reach: (address, web) => {
    const isSocket = address.protocol === 'ws:' || address.protocol === 'wss:';
    return isSocket ? Promise.resolve({ ways: { sockets: [address.href], poll: null } }) : waysFromPage(address, web);
  },
  recognises: isApexFrame,
  startsPage,
  endsPage,
  newFold: (settings) => new CompetitionState({ columnOverrides: { ...settings } }),
  restoreFold: (snapshot, settings) => CompetitionState.restore(snapshot, { columnOverrides: { ...settings } }),
};
