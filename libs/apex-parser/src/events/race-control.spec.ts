import { describe, expect, it } from '@jest/globals';
import { InventedFeed, RACE, payloads, typesOf } from '../../test/invented-feed.js';

const entry = (clock: string, flag: string, text: string, number = ''): string =>
  `<p><b>${clock}</b><span data-flag="${flag}"></span>${number === '' ? '' : `<span class="com_no notc255">${number}</span>`}${text}</p>`;

describe('the log of race control', () => {
  it('tells what is new, the oldest first', () => {
    const feed = new InventedFeed();
    const start = entry('09:00', 'green', 'Start');
    feed.send(`com||${start}`);
    const outcome = feed.send(`com||${entry('09:31', 'chequered', 'Arrivée')}${entry('09:30', 'warning', 'VELOCIDAD &amp; BOXES', '21')}${start}`);
    expect(payloads(outcome, 'add-message')).toMatchObject([
      { kind: 'warning', text: 'VELOCIDAD & BOXES', number_text: '21', clock: '09:30', channel: 'log' },
      { kind: 'chequered', text: 'Arrivée', number_text: null, clock: '09:31', channel: 'log' },
    ]);
  });

  it('tells entries that vanish and those that come back by their number, and no entry twice', () => {
    const feed = new InventedFeed();
    const log = `com||${entry('09:31', 'msg', 'B')}${entry('09:30', 'msg', 'A')}`;
    feed.send(log);
    const shown = (isShown: boolean) => [1, 2].map((ordinal) => ({ type: 'update-message', data: { ordinal, shown: isShown } }));
    expect(feed.send('com||').actions).toEqual(shown(false));
    expect(feed.send('com||').actions).toEqual([]);
    expect(feed.send(log).actions).toEqual(shown(true));
    expect(feed.send(log).actions).toEqual([]);
  });

  it('reads a number without a colour', () => {
    const outcome = new InventedFeed().send('com||<p><b>09:30</b><span data-flag="msg"></span><span class="com_no">39</span>Hello</p>');
    expect(payloads(outcome, 'add-message')).toMatchObject([{ number_text: '39', text: 'Hello' }]);
  });

  it('tells a penalty of the row that wears the number, with its text as written', () => {
    const outcome = new InventedFeed().send(`com||${entry('09:30', 'penalty', 'Pénalité - 20 SECONDES - CONTACT - ', '21')}`);
    expect(typesOf(outcome)).toEqual(['add-message', 'add-penalty']);
    expect(payloads(outcome, 'add-penalty')).toMatchObject([{ participant_code: 'r12', text: 'Pénalité - 20 SECONDES - CONTACT -', laps: null, seconds: 20 }]);
  });

  it('tells a penalty without an amount, and none of a number that no row wears', () => {
    const feed = new InventedFeed();
    const outcome = feed.send(`com||${entry('09:31', 'penalty', 'Penalización - ', '99')}${entry('09:30', 'penalty', 'Penalización - ', '7')}`);
    expect(payloads(outcome, 'add-penalty')).toMatchObject([{ participant_code: 'r11', laps: null, seconds: null }]);
    expect(payloads(outcome, 'add-message')).toHaveLength(2);
  });

  it.each(['<p>', '<p><b>09:30', '</p></p>', '<span data-flag="penalty">', '\u0000<p></p>'])('is not upset by %j', (html) => {
    expect(() => new InventedFeed().send(`com||${html}`)).not.toThrow();
  });

  it('remembers no more entries than its limit', () => {
    const feed = new InventedFeed({}, { limits: { messages: 2 } });
    const outcome = feed.send(`com||${['3', '2', '1'].map((text) => entry('09:00', 'msg', text)).join('')}`);
    expect(payloads(outcome, 'add-message').map(({ text }) => text)).toEqual(['2', '3']);
  });
});

describe('the ticker', () => {
  it.each([
    ['', 'info', 'Mejor vuelta : FOXES - 1:04.463 (61.43 Km/h)', null],
    ['msgp', 'penalty', 'Nº.46 ANA ROJO : Penalización - ', '46'],
    ['msgw', 'warning', 'No.7 NORTH : slow | down', '7'],
    ['msgt', 'text', 'Next : FINAL', null],
  ])('tells a text of class %j as %s', (cssClass, kind, text, number) => {
    const outcome = new InventedFeed().send(`msg|${cssClass}|${text}`);
    expect(payloads(outcome, 'add-message')).toMatchObject([{ kind, text: text.trim(), number_text: number, clock: null, channel: 'ticker', event: kind === 'info' ? 'text' : kind, ordinal: null }]);
  });

  it('tells a text that stays once, and nothing of its end', () => {
    const feed = new InventedFeed();
    feed.send('msg||Next : FINAL');
    expect(feed.send('msg||Next : FINAL').actions).toEqual([]);
    expect(feed.send('msg||').actions).toEqual([]);
  });
});

describe('the penalty column', () => {
  it('tells a new text once, and nothing of one that is emptied', () => {
    const feed = new InventedFeed();
    const columns = RACE.map((type) => (type === 'int' ? '' : type));
    const html = `<tbody><tr data-id="r0" class="head">${columns.map((type, index) => `<td data-id="c${index + 1}" data-type="${type}">${type === '' ? 'Penalización' : ''}</td>`).join('')}</tr><tr data-id="r51" data-pos="1"><td data-id="r51c4">3</td></tr></tbody>`;
    feed.send(['init|r|', 'title2||HEAT 9', `grid||${html}`]);
    const outcome = feed.send('r51c9|pena1|1 Vta.');
    expect(payloads(outcome, 'add-penalty')).toEqual([{ participant_code: 'r51', text: '1 Vta.', laps: 1, seconds: null, at_ms: feed.atMs, penalty: 'laps', reason: null, message: null }]);
    expect(feed.send('r51c9|pena1|1 Vta.').actions).toEqual([]);
    expect(feed.send('r51c9|pena1|').actions).toEqual([]);
    expect(typesOf(feed.send(`com||${entry('09:30', 'penalty', 'Penalización - 1 Vuelta', '3')}`))).toEqual(['add-message']);
  });
});
