import { describe, expect, it } from '@jest/globals';
import { InventedFeed, SPRINT, payloads, typesOf } from '../invented-feed.js';

describe('drivers and teams', () => {
  it('a name cell that flips between team and driver is no event', () => {
    const feed = new InventedFeed();
    feed.send('r11c5|drteam|ANA [0:01]');
    expect(feed.send('r11c5|dr|NORTH WIND', 10_000).actions).toEqual([]);
    expect(feed.send('r11c5|drteam|ANA [0:01]', 20_000).actions).toEqual([]);
    expect(feed.row('r11')).toMatchObject({ team: 'NORTH WIND', driver: 'ANA' });
  });

  it('a driving time that ticks is no other driver', () => {
    const feed = new InventedFeed();
    feed.send('r11c5|drteam|ANA [0:59]');
    expect(typesOf(feed.send('r11c5|drteam|ANA [1:00]', 60_000))).toEqual(['update-driver-total-driving-time']);
  });

  it('a driving time that falls by a minute is nothing', () => {
    const feed = new InventedFeed();
    feed.send('r11c5|drteam|ANA [0:17]');
    expect(feed.send('r11c5|drteam|ANA [0:16]', 10_000).actions).toEqual([]);
  });

  it('another name in the pit is another driver', () => {
    const feed = new InventedFeed();
    feed.send('r11c5|drteam|ANA [1:00]');
    feed.send(feed.pitIn('r11', 1));
    expect(payloads(feed.send('r11c5|drteam|BEA [0:00]', 60_000), 'update-driver')).toMatchObject([{ participant_code: 'r11', name: 'BEA' }]);
  });

  it.each([
    ['a driver without a time', 'drteam', 'DRIVER A', 'DRIVER A'],
    ['odd blanks', 'drteam', 'ANA  ROJO  [0:11]', 'ANA ROJO'],
    ['a crew in one cell', 'drteam', 'A / B / C', 'A / B / C'],
    ['a crew with an empty third', 'drteam', 'A / B / ', 'A / B /'],
    ['a colour of the driver', 'drteamb', 'CARL [0:03]', 'CARL'],
    ['an accent', 'drteam', 'ZOÉ &amp; NOÉ [0:03]', 'ZOÉ & NOÉ'],
  ])('%s is read', (_name, cls, text, driver) => {
    const feed = new InventedFeed();
    feed.send(`r11c5|${cls}|${text}`);
    expect(feed.row('r11').driver).toBe(driver);
  });

  it.each(['24H RACING', '1000 MILLAS', 'KART 56', 'OBJECTIF24 - 1', '007'])('a team named %j is a name', (name) => {
    const feed = new InventedFeed();
    feed.send(`r11c5|dr|${name}`);
    expect(feed.row('r11').team).toBe(name);
  });

  it('two teams of one name, and one without, are three rows', () => {
    const feed = new InventedFeed({ rows: ['r11', 'r12', 'r13'].map((code) => ({ code, cells: { dr: ['dr', code === 'r13' ? '' : 'TWINS'] as const } })) });
    expect(feed.state.view().rows.map(({ team }) => team)).toEqual(['TWINS', 'TWINS', null]);
  });

  it('a number that changes in a stop is a change of kart, and the row stays', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:00.000'));
    feed.send(feed.pitIn('r11', 1));
    expect(payloads(feed.send('r11c4|no1|8'), 'update-team')).toMatchObject([{ participant_code: 'r11', number: 8 }]);
    expect(feed.laps('r11')).toHaveLength(1);
  });

  it.each([[' no255', '7', 7, '7'], ['no1', '12A', null, '12A'], ['no1', '', null, ''], ['no1', '7<img src=x>', 7, '7'], ['no1', '007', 7, '007']])('a number of class %j written %j is read', (cls, text, number, numberText) => {
    const feed = new InventedFeed({ rows: [{ code: 'r11', cells: { no: '99' } }] });
    expect(payloads(feed.send(`r11c4|${cls}|${text}`), 'update-team')).toMatchObject([{ number, number_text: numberText }]);
  });

  it('the colour of a plate comes with its style', () => {
    const outcome = new InventedFeed().send('css|no11|border-bottom-color:#0080ff !important; color:#FFFFFF !important;\ncss|pena1|color:#FF0000\ncss|notc65535|x');
    expect(payloads(outcome, 'update-style')).toEqual([{ name: 'no11', colour: '#0080FF' }]);
  });

  it('leaving for the session is no stop in a sprint', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send('r11c1|so|\nr11|*out|0');
    feed.send('r11c5|tn|1:00.000\nr11|*|60000|', 60_000);
    expect(feed.stops('r11')).toEqual([]);
    expect(feed.laps('r11')).toHaveLength(1);
  });
});
