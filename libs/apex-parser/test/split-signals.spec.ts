import { describe, expect, it } from '@jest/globals';
import { CompetitionState } from '../src/index.js';
import { InventedFeed, SPRINT, THREE_TEAMS, gridOf, RACE, payloads, typesOf } from './invented-feed.js';

describe('what the feed spreads over several frames', () => {
  const HEAD = ['init|r|', 'title1||WINTER CUP', 'title2||CARRERA', 'light|lg|'].join('\n');

  it('begins the session with a page whose table comes later, and then tells every row', () => {
    const state = new CompetitionState();
    const first = state.apply({ atMs: 1_000, text: HEAD });
    expect(typesOf(first)).toEqual(['start-session', 'initialize']);
    expect(payloads(first, 'initialize')).toMatchObject([{ session: 1, stage: 'race', participants: [] }]);
    const second = state.apply({ atMs: 1_200, text: gridOf(RACE, THREE_TEAMS) });
    expect(typesOf(second)).not.toContain('start-session');
    expect(payloads(second, 'update-team').map(({ name }) => name)).toEqual(['NORTH WIND', 'SLOW FOXES', '24H OWLS']);
    expect(payloads(second, 'update-timing-position').map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('knows the new session by its letter before its table comes', () => {
    const feed = new InventedFeed({ letter: 'p', title2: 'CRONO' });
    const outcome = feed.send(HEAD);
    expect(payloads(outcome, 'initialize')).toMatchObject([{ session: 2, ranking: 'laps', stage: 'race', participants: [] }]);
    feed.send(gridOf(RACE, THREE_TEAMS), 200);
    expect(feed.state.view()).toMatchObject({ competition: { session: 2 }, rows: [{ code: 'r11' }, { code: 'r12' }, { code: 'r13' }] });
  });

  it('leaves the race alone when its table is cut off', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:06.000'));
    const cut = gridOf(RACE, THREE_TEAMS).slice(0, 900);
    expect(feed.send(['init|r|', cut]).counts).toEqual({ lines: 2, unknown: 1 });
    expect(feed.laps('r11')).toHaveLength(1);
    expect(feed.state.view().rows).toHaveLength(3);
  });

  it('gives a lap the time of the one before when the cell is not sent again and the crossings fit it', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:06.000'));
    feed.send([feed.cell('r11', 'tlp', '2'), 'r11|*|66000|'], 66_100);
    feed.send('', 3_000);
    expect(feed.laps('r11')).toMatchObject([{ timeMs: 66_000 }, { lap: 2, timeMs: 66_000, reason: null }]);
  });

  it('takes a lap for given when the crossings do not fit the time shown', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:06.000'));
    feed.send(feed.cell('r11', 'tlp', '2'), 20_000);
    feed.send('', 3_000);
    expect(feed.laps('r11')).toMatchObject([{ timeMs: 66_000 }, { lap: 2, timeMs: null, reason: 'given' }]);
  });

  it('leaves no lap undecided when the next one follows at once', () => {
    const feed = new InventedFeed();
    feed.send(feed.cell('r11', 'tlp', '1'));
    feed.send(feed.lap('r11', 2, '1:06.000'), 700);
    expect(feed.laps('r11')).toMatchObject([{ lap: 1, reason: 'given' }, { lap: 2, timeMs: 66_000, reason: null }]);
  });

  it('gives a lap that waits in vain no time of the lap after it', () => {
    const feed = new InventedFeed();
    feed.send(feed.cell('r11', 'tlp', '1'));
    feed.send(feed.lap('r11', 2, '1:06.000'), 66_000);
    expect(feed.laps('r11')).toMatchObject([{ lap: 1, timeMs: null, reason: 'given' }, { lap: 2, timeMs: 66_000 }]);
  });

  it('counts a lap of the same time as before by its crossing where no count tells of laps', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send([feed.cell('r11', 'llp', ['tn', '1:06.000']), 'r11|*|66000|']);
    feed.send('r11|*|66000|', 66_200);
    expect(payloads(feed.send('', 3_000), 'update-timing-lap')).toEqual([{ participant_code: 'r11', lap: 2 }]);
    expect(feed.laps('r11')).toMatchObject([{ timeMs: 66_000 }, { lap: 2, timeMs: 66_000 }]);
  });

  it('takes time, crossing and repaint in three frames for one lap', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.cell('r11', 'llp', ['ti', '1:08.769']));
    feed.send('r11|*|66000|', 200);
    feed.send(feed.cell('r11', 'llp', ['tb', '1:08.769']), 200);
    feed.send('', 5_000);
    expect(feed.laps('r11')).toHaveLength(1);
  });

  it('flags a lap that the pit entry closed when the entry is told a moment later', () => {
    const feed = new InventedFeed({ columns: ['sta', 'rk', 'no', 'dr', 'llp', 'otr', 'pit'] });
    feed.send([feed.cell('r11', 'llp', ['tn', '1:10.000']), 'r11|*|70000|']);
    feed.send(feed.cell('r11', 'llp', ['tn', '1:05.980']), 66_000);
    const outcome = feed.send(feed.pitIn('r11', 1), 200);
    expect(payloads(outcome, 'update-lap')).toEqual([{ participant_code: 'r11', ordinal: 2, in_lap: true, reason: 'closed-by-pit-entry' }]);
    expect(feed.row('r11').bestLapMs).toBe(70_000);
  });

  it('tells late conclusions in the same order after a restart', () => {
    const told = [false, true].map((isRestarted) => {
      const feed = new InventedFeed();
      feed.send(feed.cell('r12', 'tlp', '1'));
      feed.send(feed.cell('r11', 'tlp', '1'), 200);
      if (isRestarted) feed.restore();
      return feed.send('', 5_000).actions;
    });
    expect(told[1]).toEqual(told[0]);
  });
});
