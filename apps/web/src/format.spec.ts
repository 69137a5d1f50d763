import { describe, expect, it } from '@jest/globals';
import { age, distance, flagName, lapTime, pitTime, remainingTime, sessionTitles, stageName, teamName } from './format.js';
import { readMessage } from './live/messages.js';
import type { Metadata, Row } from './live/messages.js';

function metadata(fields: Record<string, unknown>): Metadata {
  const message = readMessage('change', JSON.stringify({ metadata: fields }));
  if (message?.kind !== 'change' || message.metadata === null) throw new Error('no metadata');
  return message.metadata;
}

function row(fields: Record<string, unknown>): Row {
  const message = readMessage('change', JSON.stringify({ rows: [{ participant_code: 'r1', ...fields }] }));
  if (message?.kind !== 'change' || message.rows[0] === undefined) throw new Error('no row');
  return message.rows[0];
}

describe('times', () => {
  it.each([
    [0, '–'],
    [7, '0:00.007'],
    [54_321, '0:54.321'],
    [64_212, '1:04.212'],
    [3_725_004, '1:02:05.004'],
  ])('writes a lap of %s ms as %s', (timeMs, text) => expect(lapTime(timeMs)).toBe(text));

  it.each([
    [-5, '0:00'],
    [83_999, '1:23'],
    [3_599_999, '59:59'],
    [3_725_000, '1h02'],
  ])('writes %s ms in the pit lane as %s', (timeMs, text) => expect(pitTime(timeMs)).toBe(text));

  it('counts a started second of the remaining time in full, so that zero means over', () => {
    expect(remainingTime(1)).toBe('0:01');
    expect(remainingTime(0)).toBe('0:00');
    expect(remainingTime(-1)).toBe('0:00');
    expect(remainingTime(11_554_000)).toBe('3:12:34');
  });

  it('writes the age of data in seconds, then as a clock, then in days', () => {
    expect([0, 59_999, 60_000, 3_661_000, 200_000_000].map(age)).toEqual(['0 s', '59 s', '1:00', '1:01:01', '2 d']);
  });
});

describe(distance.name, () => {
  it('writes gaps in time with their sign', () => {
    expect(distance({ value: 317, unit: 'millis' })).toBe('+0.317');
    expect(distance({ value: 62_345, unit: 'millis' })).toBe('+1:02.345');
    expect(distance({ value: -1_500, unit: 'millis' })).toBe('-1.500');
  });

  it('writes lapped gaps in laps', () => {
    expect(distance({ value: 1, unit: 'laps' })).toBe('+1 lap');
    expect(distance({ value: 2, unit: 'laps' })).toBe('+2 laps');
  });

  it('writes a dash when there is none', () => expect(distance(null)).toBe('–'));
});

describe('names', () => {
  it('calls a team by its name, else by its driver, else by its number, else by its row', () => {
    expect(teamName(row({ team_name: 'Polaris', driver_name: 'Sanna' }))).toBe('Polaris');
    expect(teamName(row({ team_name: ' ', driver_name: 'Sanna' }))).toBe('Sanna');
    expect(teamName(row({ team_name: null, number: 7 }))).toBe('7');
    expect(teamName(row({}))).toBe('r1');
  });

  it('names an unknown stage with the words of the feed', () => {
    expect(stageName(metadata({ stage: 'free-practice' }))).toBe('Free practice');
    expect(stageName(metadata({ stage: 'unknown', stage_text: 'Warm up B' }))).toBe('Warm up B');
  });

  it('says no title twice', () => {
    expect(sessionTitles(metadata({ title1: 'Night Cup', title2: 'RACE', stage: 'race' }), 'night cup ')).toEqual(['Race']);
    expect(sessionTitles(metadata({ title1: 'Night Cup', title2: 'Final A', stage: 'race' }), 'nc26')).toEqual(['Night Cup', 'Final A', 'Race']);
  });

  it('shows the state of the competition while there is no flag', () => {
    expect(flagName(metadata({ flag: 'safety-car' }))).toBe('Safety car');
    expect(flagName(metadata({ flag: null, status: 'paused' }))).toBe('Paused');
    expect(flagName(metadata({}))).toBe('No flag');
  });
});
