import { describe, expect, it } from '@jest/globals';
import { InventedFeed, THREE_TEAMS, type InventedRow, pageOf, payloads, typesOf } from '../invented-feed.js';

const withLaps = (laps: number): InventedRow[] => THREE_TEAMS.map((row) => ({ ...row, cells: { ...row.cells, tlp: String(laps), llp: ['tn', '1:06.000'] } }));

/** A race in which every row has made four laps. */
function fourLaps(title2 = 'CARRERA'): InventedFeed {
  const feed = new InventedFeed({ title2 });
  for (const lap of [1, 2, 3, 4]) feed.send(THREE_TEAMS.flatMap(({ code }) => feed.lap(code, lap, '1:06.000')), 66_000);
  return feed;
}

const entry = (clock: string, flag: string, text: string, number = ''): string => `<p><b>${clock}</b><span data-flag="${flag}"></span>${number === '' ? '' : `<span class="com_no no2">${number}</span>`}${text}</p>`;

describe('sessions', () => {
  it.each([['with the same rows', 'lg'], ['after the flag', 'lf'], ['in a race under green', 'lg']])('a page sent again %s is the same session', (_name, light) => {
    const feed = fourLaps();
    feed.send('light|lr|');
    const outcome = feed.send(pageOf({ rows: withLaps(4), light }));
    expect([outcome.session, payloads(outcome, 'add-lap'), feed.laps('r11').length]).toEqual([1, [], 4]);
  });

  it('two pages within a second say the same', () => {
    const feed = fourLaps();
    expect(feed.send(pageOf({ rows: withLaps(4) })).actions).toEqual(feed.send(pageOf({ rows: withLaps(4) }), 0).actions);
  });

  it('a page without live timing between two equal ones deletes nothing', () => {
    const feed = fourLaps();
    feed.send('init|n|\nbest|hide|\ntrack||');
    expect(feed.send(pageOf({ rows: withLaps(4) })).session).toBe(1);
    expect(feed.laps('r11')).toHaveLength(4);
  });

  it('the same karts with other row ids are a new heat', () => {
    const rows = THREE_TEAMS.map((row, index) => ({ ...row, code: `r${90 + index}` }));
    expect(fourLaps().send(pageOf({ rows })).session).toBe(2);
  });

  it('the same rows with another kind of ranking are a new session', () => {
    expect(fourLaps().send(pageOf({ letter: 'p', rows: withLaps(4) })).session).toBe(2);
  });

  it('a title that flickers is no new session', () => {
    const feed = fourLaps();
    feed.send('title2||ENTRENOS');
    feed.send('title2||CARRERA', 14_000);
    expect(feed.send(pageOf({ rows: withLaps(4) })).session).toBe(1);
  });

  it('a title that is empty or late is no new session', () => {
    const feed = fourLaps('');
    expect(feed.send('title2||CARRERA', 40_000).session).toBe(1);
    expect(feed.send(pageOf({ title2: '', rows: withLaps(4) })).session).toBe(1);
  });

  it('titles and track that change or come without a page are told', () => {
    const feed = new InventedFeed({ title2: '' });
    const outcome = feed.send('title2||CARRERA\ntrack||RING (910m)', 40_000);
    expect(payloads(outcome, 'update-session')).toMatchObject([{ session: 1, title1: 'WINTER CUP', title2: 'CARRERA', track: 'RING', track_length_m: 910, stage: 'race' }]);
    expect(payloads(outcome, 'update-competition-metadata-stage')).toEqual([{ stage: 'race', stage_text: 'CARRERA' }]);
    expect(payloads(feed.send('title1||SUMMER CUP'), 'update-session')).toMatchObject([{ title1: 'SUMMER CUP', title2: 'CARRERA' }]);
    expect(feed.send('title1||SUMMER CUP').actions).toEqual([]);
  });

  it('a title that changes once laps are driven speaks of the session to come, not of this one', () => {
    const feed = fourLaps();
    feed.send('track||RING (910m)', 30_000);
    const outcome = feed.send('title2||CARRERA 2', 1_000);
    expect(payloads(outcome, 'update-session')).toEqual([]);
    expect(payloads(outcome, 'update-competition-metadata-stage')).toEqual([{ stage: 'race', stage_text: 'CARRERA 2' }]);
  });

  it('practice, qualifying, race and the next race are four sessions of one competition', () => {
    const feed = new InventedFeed({ letter: 'p', title2: 'Entrenos libres' });
    const told = [feed.opening];
    for (const { letter, title2 } of [{ letter: 'p', title2: 'CRONO' }, { letter: 'r', title2: 'CARRERA 1' }, { letter: 'r', title2: 'CARRERA 2' }]) {
      feed.send(feed.lap('r11', 1, '1:06.000'), 66_000);
      told.push(feed.send(pageOf({ letter, title2 }), 600_000), feed.send(pageOf({ letter, title2 }), 1_000));
    }
    const sessions = told.flatMap((outcome) => payloads(outcome, 'start-session').map(({ session, stage, title2 }) => [session, stage, title2]));
    expect(sessions).toEqual([[1, 'free-practice', 'Entrenos libres'], [2, 'qualifying', 'CRONO'], [3, 'race', 'CARRERA 1'], [4, 'race', 'CARRERA 2']]);
    expect(feed.laps('r11')).toEqual([]);
  });

  it.each([
    ['SUPERPOLE HEAT A-B', 'qualifying'], ['CRONO', 'qualifying'], ['ESSAIS CHRONOS', 'qualifying'], ['Qualifiche', 'qualifying'], ['Tomada de tempos', 'qualifying'], ['Timed practice', 'qualifying'],
    ['Zeittraining', 'qualifying'], ['Tijdtraining', 'qualifying'], ['Kwalificatie', 'qualifying'],
    ['Entrenamientos', 'free-practice'], ['Essais libres', 'free-practice'], ['Prove libere', 'free-practice'], ['Treino livre', 'free-practice'], ['Free practice 2', 'free-practice'],
    ['Freies Training', 'free-practice'], ['Vrije training', 'free-practice'],
    ['Carrera 3H', 'race'], ['Course 1', 'race'], ['Gara 2', 'race'], ['Corrida', 'race'], ['Race', 'race'], ['Rennen', 'race'], ['Wedstrijd', 'race'], ['Prefinale B', 'race'],
    ['4 STUNDEN', 'race'], ['6 UUR', 'race'], ['24 HEURES', 'race'], ['LUNCH', 'unknown'],
  ])('the title %j means %s', (title2, stage) => {
    expect(payloads(new InventedFeed({ title1: '', title2, letter: 'r' }).opening, 'start-session')).toMatchObject([{ stage, stage_text: title2 }]);
  });

  it('words that a person adds win over those we know', () => {
    const columnOverrides = { 'stage-qualifying': 'shoot-out, carrera de velocidad' };
    expect(payloads(new InventedFeed({ title2: 'SHOOT-OUT 1' }, { columnOverrides }).opening, 'start-session')).toMatchObject([{ stage: 'qualifying' }]);
    expect(payloads(new InventedFeed({ title2: 'Carrera de velocidad' }, { columnOverrides }).opening, 'start-session')).toMatchObject([{ stage: 'qualifying' }]);
    expect(payloads(new InventedFeed({ title2: 'Carrera' }, { columnOverrides }).opening, 'start-session')).toMatchObject([{ stage: 'race' }]);
  });
});

describe('clocks', () => {
  const left = (line: string) => payloads(new InventedFeed().send(line), 'update-competition-metadata-remaining').map(({ remaining_length }) => remaining_length);
  const face = (line: string) => payloads(new InventedFeed().send(line), 'update-clock');

  it('an emptied countdown has run out, and the race goes on', () => {
    const feed = new InventedFeed();
    feed.send('dyn1|countdown|4000');
    feed.send('dyn1|countdown|');
    expect(feed.state.view().competition).toMatchObject({ status: 'ongoing', remainingMs: 0 });
  });

  it('a page under green whose countdown is empty has run out', () => {
    const feed = new InventedFeed();
    const outcome = feed.send(pageOf({ rows: withLaps(0) }).replace('light|lg|', 'dyn1|countdown|\nlight|lg|'));
    expect(payloads(outcome, 'initialize')).toMatchObject([{ status: 'ongoing', remaining_length: { value: 0, unit: 'millis' } }]);
  });

  it('a clock may jump up', () => {
    const feed = new InventedFeed();
    feed.send('dyn1|countdown|4529611');
    feed.send('dyn1|countdown|4971543', 60_000);
    expect(feed.state.view().competition.remainingMs).toBe(4_971_543);
  });

  it('a clock that nobody sends stands still', () => {
    const feed = new InventedFeed();
    feed.send('dyn1|countdown|4529611\nlight|ly|');
    feed.send('', 2_400_000);
    expect(feed.state.view().competition.remainingMs).toBe(4_529_611);
  });

  it('a text before the start is the planned length, and may be corrected', () => {
    expect(left('dyn1|text|00:20:00')).toEqual([{ value: 1_200_000, unit: 'millis' }]);
    expect(left('dyn1|text|00:20:00\ndyn1|text|00:05:00')).toEqual([{ value: 300_000, unit: 'millis' }]);
  });

  it.each([['Lap 0/1', 1], ['Vuelta 11/15', 4], ['Tour 3 / 12', 9]])('the text %j leaves laps', (text, value) => {
    expect(left(`dyn1|text|${text}`)).toEqual([{ value, unit: 'laps' }]);
    expect(face(`dyn1|text|${text}`)).toMatchObject([{ clock: 1, kind: 'laps', text }]);
  });

  it('a clock that counts up tells the time since the start, and nothing of what remains', () => {
    expect(face('dyn1|count|23245600')).toEqual([{ clock: 1, kind: 'elapsed', millis: 23_245_600, laps_done: null, laps_total: null, text: '23245600' }]);
    expect(face('dyn2|count|44988')).toMatchObject([{ clock: 2, kind: 'elapsed', millis: 44_988 }]);
    expect(left('dyn1|count|23245600')).toEqual([]);
  });

  it('a clock of an unknown class is told as such', () => {
    expect(face('dyn1|strange|12')).toMatchObject([{ kind: 'unknown', millis: null, text: '12' }]);
    expect(left('dyn1|countdown_text|60000_x')).toEqual([{ value: 60_000, unit: 'millis' }]);
  });
});

describe('flags, weather and track', () => {
  it('a flag may be withdrawn', () => {
    const feed = new InventedFeed();
    expect(['lf', 'lg', 'lf'].flatMap((light) => payloads(feed.send(`light|${light}|`), 'update-competition-metadata-status').map(({ status }) => status))).toEqual(['finished', 'ongoing', 'finished']);
  });

  it('red before the start is waiting', () => {
    expect(payloads(new InventedFeed({ light: 'lr' }).opening, 'initialize')).toMatchObject([{ status: 'paused', flag: 'red' }]);
  });

  it('a light that is repeated says nothing', () => {
    const feed = new InventedFeed({ light: 'lf' });
    expect(feed.send('light|lf|').actions).toEqual([]);
  });

  it('an unknown light is told with its text, and the status stays', () => {
    expect(new InventedFeed().send('light|blinking|').actions).toEqual([{ type: 'update-flag', data: { flag: 'unknown', text: 'blinking' } }]);
  });

  it('the weather is told when it changes', () => {
    const feed = new InventedFeed();
    expect(payloads(feed.send('wth1|wr|\nwth2||Air : 15°C\nwth3||Pista : Mojado'), 'update-weather')).toEqual([{ sky: 'rain', air_text: 'Air : 15°C', track_text: 'Pista : Mojado' }]);
    expect(feed.send('wth1|wr|').actions).toEqual([]);
    expect(payloads(feed.send('wth1|hail|'), 'update-weather')).toMatchObject([{ sky: 'unknown' }]);
  });

  it.each([
    ['RING (1100m)', 'RING', 1_100], ['RING - 1.384 km', 'RING', 1_384], ['Piste 1200m', 'Piste 1200m', 1_200], ['RING  - 1560.000 km', 'RING', null], ['OUTER-RING', 'OUTER-RING', null], ['RING (B)', 'RING (B)', null],
  ])('the track %j has its name and its length', (text, track, metres) => {
    const page = pageOf({ title2: 'HEAT 2' }).replace('track||RING (900m)', `track||${text}`);
    expect(payloads(new InventedFeed().send(page), 'initialize')).toMatchObject([{ track, track_length_m: metres }]);
  });

  it('the wall clock of the circuit is ahead of UTC by what the page says', () => {
    expect(payloads(new InventedFeed().send(`gmt||2\n${pageOf({ title2: 'HEAT 2' })}`), 'initialize')).toMatchObject([{ utc_offset_h: 2 }]);
  });
});

describe('race control', () => {
  it('a log that is edited tells what vanished and what is new', () => {
    const feed = new InventedFeed();
    feed.send(`com||${entry('10:31', 'penalty', 'Penalización - 1.000', '7')}${entry('10:30', 'green', 'Start')}`);
    const outcome = feed.send(`com||${entry('10:31', 'penalty', 'Penalización - 0.1000', '7')}${entry('10:30', 'green', 'Start')}`);
    expect(payloads(outcome, 'add-message')).toMatchObject([{ ordinal: 3, text: 'Penalización - 0.1000' }]);
    expect(payloads(outcome, 'update-message')).toEqual([{ ordinal: 2, shown: false }]);
  });

  it('an entry may have no number, or one of a bare class', () => {
    const outcome = new InventedFeed().send(`com||${entry('10:31', 'msg', 'ALL')}<p><b>10:30</b><span data-flag="msg"></span><span class="com_no">21</span>ONE</p>`);
    expect(payloads(outcome, 'add-message').map(({ number_text, participant_code }) => [number_text, participant_code])).toEqual([['21', 'r12'], [null, null]]);
  });

  it('a penalty without reason or amount is kept as written', () => {
    expect(payloads(new InventedFeed().send(`com||${entry('10:30', 'penalty', 'Penalización - ', '7')}`), 'add-penalty')).toMatchObject([{ text: 'Penalización -', laps: null, seconds: null, penalty: 'other', message: 1 }]);
  });

  it.each([
    ['penalty', 'Pénalité - 20 SECONDES - CONTACT', { laps: null, seconds: 20, penalty: 'time', reason: 'CONTACT' }],
    ['penalty', 'DT - NON RESPECT', { laps: null, seconds: null, penalty: 'drive-through' }],
    ['penalty', 'STOP AND GO', { penalty: 'stop-and-go' }],
    ['onelap', 'Cutting', { laps: 1, seconds: null, penalty: 'laps' }],
    ['5seconds', 'Speed', { seconds: 5, penalty: 'time' }],
    ['black', 'Excluded', { penalty: 'disqualification' }],
  ])('an entry of kind %s that says %j is a penalty with its amount', (kind, text, expected) => {
    expect(payloads(new InventedFeed().send(`com||${entry('10:30', kind, text, '7')}`), 'add-penalty')).toMatchObject([{ participant_code: 'r11', text, ...expected }]);
  });

  it.each([['Avertissement - Passage au stand en 00:56 (Tour 18)', 56_000, 18], ['Advertencia - Tiempo Pit : 01:49 (Vuelta 10)', 109_000, 10], ['Advertencia - VELOCIDAD EN PIT', null, null]])('the warning %j tells the stop it speaks of', (text, stop_ms, stop_lap) => {
    expect(payloads(new InventedFeed().send(`com||${entry('10:30', 'warning', text, '7')}`), 'add-message')).toMatchObject([{ event: 'warning', participant_code: 'r11', stop_ms, stop_lap }]);
  });

  it('a number that two rows wear is nobody in particular', () => {
    const feed = new InventedFeed({ rows: THREE_TEAMS.map((row) => ({ ...row, cells: { no: '7' } })) });
    const outcome = feed.send(`com||${entry('10:30', 'penalty', '1 Vta.', '7')}`);
    expect(typesOf(outcome)).toEqual(['add-message']);
    expect(payloads(outcome, 'add-message')).toMatchObject([{ participant_code: null, laps: 1 }]);
  });

  it.each([['green', 'green-flag'], ['technical', 'technical-flag'], ['invest', 'investigation'], ['purple', 'formation'], ['msg_error', 'text'], ['from-the-future', 'unknown']])('an entry of kind %s is the event %s', (kind, event) => {
    expect(payloads(new InventedFeed().send(`com||${entry('10:30', kind, 'X')}`), 'add-message')).toMatchObject([{ kind, event }]);
  });
});
