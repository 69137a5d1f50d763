import { describe, expect, it } from '@jest/globals';
import type { RaceEvent } from '../../model/race-event.js';
import { at, flag, linesLike, plain, race, told } from '../../../test/scripted-feed.js';
import { flagTooEarly, repeatLight } from './lights.js';

const TEN_MINUTES_MS = 600_000;

describe(flagTooEarly.name, () => {
  const lights = (events: readonly RaceEvent[]): [number, string][] => linesLike(told({ ...plain, oddities: ['flag-too-early'] }, events, { frame: { ...race, lengthMs: TEN_MINUTES_MS }, untilMs: 900_000 }), /^light\|/).slice(1);

  it('shows the chequered flag a minute and a half before the end and takes it back', () => {
    expect(lights([])).toEqual([[510_000, 'light|lf|'], [516_000, 'light|lg|']]);
  });

  it('waits where the end was put off, and leaves it out while the race is neutralised', () => {
    const stopped = [at(100_000, flag('red', 'suspended', TEN_MINUTES_MS)), at(200_000, flag('green', 'restart', 700_000))];
    expect(lights(stopped).slice(2)).toEqual([[610_000, 'light|lf|'], [616_000, 'light|lg|']]);
    expect(lights([at(500_000, flag('yellow', 'slow', TEN_MINUTES_MS))])).toEqual([[500_000, 'light|ly|']]);
  });
});

describe(repeatLight.name, () => {
  it('sends the chequered light again every minute until the session is closed', () => {
    const frames = told({ ...plain, oddities: ['light-repeated'] }, [at(66_000, flag('chequered', 'finish', null))], { untilMs: 250_000 });
    expect(linesLike(frames, /^light\|lf/).map(([ms]) => ms)).toEqual([66_000, 126_000, 186_000, 246_000]);
  });
});
