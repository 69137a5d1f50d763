import { type FrameFault, isPage } from './frame-fault.js';
import { PageKeeper } from './page-keeper.js';

const RESTART_EVERY_MS = 20 * 60_000;
const OUTAGE_EVERY_MS = 15 * 60_000;
const OUTAGE_MS = { least: 20_000, most: 120_000 };
const NOTHING_LIVE = 'init|n|\nbest|hide|\ntrack||\n';

/** The first page never comes, and of the others every second one. */
export const missingPage: FrameFault = {
  name: 'missing-page',
  help: 'the first page is missing, and every second one of the others',
  loses: true,
  *damage(frames, random) {
    let isFirst = true;
    for (const frame of frames) {
      const isMissing = isPage(frame) && (isFirst || random.chance(0.5));
      if (isPage(frame)) isFirst = false;
      if (!isMissing) yield frame;
    }
  },
};

/** The provider restarts: nothing is live for a moment, then the page comes as it is now. */
export const restart: FrameFault = {
  name: 'restart',
  help: 'about every twenty minutes the provider restarts and sends the page again',
  loses: false,
  *damage(frames, random) {
    const keeper = new PageKeeper();
    let nextMs: number | null = null;
    for (const frame of frames) {
      nextMs ??= frame.atMs + random.whole(RESTART_EVERY_MS / 2, RESTART_EVERY_MS);
      const page = frame.atMs >= nextMs ? keeper.page() : null;
      if (page !== null) {
        yield { atMs: frame.atMs, text: NOTHING_LIVE };
        yield { atMs: frame.atMs, text: page };
        nextMs = frame.atMs + random.whole(RESTART_EVERY_MS / 2, RESTART_EVERY_MS);
      }
      keeper.read(frame.text);
      yield frame;
    }
  },
};

/** Nothing is received for a while: those frames are gone, and after them comes the page as it is then. */
export const outage: FrameFault = {
  name: 'outage',
  help: 'about every quarter of an hour the frames of up to two minutes are missing; the page comes after them',
  loses: true,
  *damage(frames, random) {
    const keeper = new PageKeeper();
    let fromMs: number | null = null;
    let untilMs: number | null = null;
    for (const frame of frames) {
      fromMs ??= frame.atMs + random.whole(OUTAGE_EVERY_MS / 2, OUTAGE_EVERY_MS);
      if (untilMs !== null && frame.atMs >= untilMs) {
        const page = keeper.page();
        if (page !== null) yield { atMs: frame.atMs, text: page };
        fromMs = frame.atMs + random.whole(OUTAGE_EVERY_MS / 2, OUTAGE_EVERY_MS);
        untilMs = null;
      } else if (untilMs === null && frame.atMs >= fromMs) untilMs = frame.atMs + random.whole(OUTAGE_MS.least, OUTAGE_MS.most);
      keeper.read(frame.text);
      if (untilMs === null) yield frame;
    }
  },
};
