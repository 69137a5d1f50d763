import { describe, expect, it } from '@jest/globals';
import { InventedFeed, payloads, typesOf } from '../../test/invented-feed.js';

const driver = (feed: InventedFeed, text: string): string => feed.cell('r11', 'dr', ['drteam', text]);
const team = (feed: InventedFeed, text: string): string => feed.cell('r11', 'dr', ['dr', text]);

describe('the name of a row', () => {
  it('alternates between team and driver without an event', () => {
    const feed = new InventedFeed();
    expect(payloads(feed.send(driver(feed, 'ANA ROJO [0:01]')), 'update-driver')).toEqual([{ participant_code: 'r11', name: 'ANA ROJO', total_driving_time: 60_000 }]);
    for (let flip = 0; flip < 3; flip += 1) {
      expect(feed.send(team(feed, 'NORTH WIND'), 10_000).actions).toEqual([]);
      expect(feed.send(driver(feed, 'ANA ROJO [0:01]'), 20_000).actions).toEqual([]);
    }
    expect(feed.row('r11')).toMatchObject({ team: 'NORTH WIND', driver: 'ANA ROJO' });
  });

  it('tells the driving time of the same driver when it grows, by hours and minutes', () => {
    const feed = new InventedFeed();
    feed.send(driver(feed, 'ANA ROJO [0:59]'));
    const outcome = feed.send(driver(feed, 'ANA ROJO [1:00]'), 60_000);
    expect(outcome.actions).toEqual([{ type: 'update-driver-total-driving-time', data: { participant_code: 'r11', name: 'ANA ROJO', total_driving_time: 3_600_000 } }]);
  });

  it('tells nothing when the driving time falls and comes back', () => {
    const feed = new InventedFeed();
    feed.send(driver(feed, 'ANA ROJO [0:17]'));
    for (const text of ['ANA ROJO [0:16]', 'ANA ROJO [0:17]', 'ANA ROJO [0:00]']) expect(feed.send(driver(feed, text)).actions).toEqual([]);
  });

  it('tells another driver, and the first one again', () => {
    const feed = new InventedFeed();
    feed.send(driver(feed, 'ANA ROJO [1:00]'));
    expect(payloads(feed.send(driver(feed, 'BEA VERDE [0:01]')), 'update-driver')).toMatchObject([{ name: 'BEA VERDE', total_driving_time: 60_000 }]);
    expect(payloads(feed.send(driver(feed, 'ANA ROJO [1:01]')), 'update-driver')).toMatchObject([{ name: 'ANA ROJO', total_driving_time: 3_660_000 }]);
  });

  it.each([
    ['ANA ROJO', 'ANA ROJO'],
    ['ANA  [0:11]', 'ANA'],
    ['DZ 2 [0:11]', 'DZ 2'],
    ['ANÁ / BEA / [0:03]', 'ANÁ / BEA /'],
    ['ANA&nbsp;&amp;&nbsp;BEA', 'ANA & BEA'],
    ['<b>ANA</b>', 'ANA'],
  ])('reads the driver %j', (text, name) => {
    const feed = new InventedFeed();
    feed.send(driver(feed, text));
    expect(feed.row('r11').driver).toBe(name);
  });

  it.each(['24H RACING', '1000 MILES', 'KART 56', 'ANA / BEA / CARLA'])('reads %j as the name of a team', (name) => {
    const feed = new InventedFeed();
    expect(payloads(feed.send(team(feed, name)), 'update-team')).toEqual([{ participant_code: 'r11', name, number: 7, number_text: '7' }]);
  });

  it('trims blanks, so that a name with and without them is the same', () => {
    const feed = new InventedFeed();
    expect(feed.send(team(feed, '  NORTH \u00a0WIND ')).actions).toEqual([]);
  });

  it('tells laps with the driver who drove them', () => {
    const feed = new InventedFeed();
    feed.send(driver(feed, 'ANA ROJO [0:01]'));
    feed.send(feed.lap('r11', 1, '1:06.000'));
    feed.send(driver(feed, 'BEA VERDE [0:00]'));
    feed.send(feed.lap('r11', 2, '1:06.000'), 66_000);
    expect(feed.laps('r11').map(({ driver: name }) => name)).toEqual(['ANA ROJO', 'BEA VERDE']);
  });

  it('does not know the team while the page shows a driver', () => {
    const feed = new InventedFeed({ rows: [{ code: 'r11', cells: { no: '7', dr: ['drteam', 'ANA ROJO [0:10]'] } }] });
    expect(payloads(feed.opening, 'initialize')).toMatchObject([{ participants: [{ team_name: null, driver_name: 'ANA ROJO' }] }]);
    expect(payloads(feed.send(team(feed, 'NORTH WIND')), 'update-team')).toMatchObject([{ name: 'NORTH WIND' }]);
  });
});

describe('the number of a row', () => {
  it('tells another number when the kart is changed, and keeps the row', () => {
    const feed = new InventedFeed();
    const outcome = feed.send(feed.cell('r11', 'no', ['no1', '8']));
    expect(payloads(outcome, 'update-team')).toEqual([{ participant_code: 'r11', name: 'NORTH WIND', number: 8, number_text: '8' }]);
    expect(feed.row('r11')).toMatchObject({ code: 'r11', number: '8' });
  });

  it('tells another colour of the plate as a detail, not as another number', () => {
    const feed = new InventedFeed();
    expect(feed.send(feed.cell('r11', 'no', [' no255', '7'])).actions).toEqual([{ type: 'update-participant-details', data: { participant_code: 'r11', category: null, nationality: null, plate: 'no255' } }]);
  });

  it.each([['12A', null], ['007', 7], ['7<img src=x>', 7]])('reads the number %j', (text, number) => {
    const feed = new InventedFeed();
    feed.send(feed.cell('r11', 'no', '99'));
    expect(payloads(feed.send(feed.cell('r11', 'no', text)), 'update-team')).toMatchObject([{ number }]);
  });

  it('knows rows by the id as written', () => {
    const feed = new InventedFeed({ rows: [{ code: 'r900027142', cells: { dr: ['dr', 'NORTH WIND'] } }] });
    expect(typesOf(feed.send(feed.cell('r900027142', 'dr', ['drteam', 'ANA'])))).toEqual(['update-driver']);
  });
});
