import { describe, expect, it } from '@jest/globals';
import { parserSettingsOf, recogniseColumns } from './columns.js';

const meaningsOf = (header: [type: string, label: string][], overrides: Record<string, string> = {}) =>
  recogniseColumns(header.map(([type, label], index) => ({ id: index + 1, type, label })), overrides).map(({ meaning }) => meaning);

describe(recogniseColumns.name, () => {
  it.each(['Vueltas', 'Tours', 'Laps', 'Giri'])('takes a column without a type labelled %j for the laps', (label) => {
    expect(meaningsOf([['', label]])).toEqual(['laps']);
  });

  it.each(['Pos.', 'Time', 'Km/h', 'First name', 'Club'])('keeps a column without a type labelled %j as a free one', (label) => {
    expect(meaningsOf([['', label]])).toEqual(['free']);
  });

  it('tells a time from a count by the words before the laps', () => {
    expect(meaningsOf([['', 'Última vuelta'], ['', 'M. Vuelta'], ['', 'Vueltas']])).toEqual(['last-lap', 'best-lap', 'laps']);
  });

  it.each(['\ufffdltima vuelta', '\\u00daltima vuelta', 'whatever'])('trusts the type whatever the label says: %j', (label) => {
    expect(meaningsOf([['llp', label], ['gap', 'Pits']])).toEqual(['last-lap', 'gap']);
  });

  it('reads a label that a recorder has escaped', () => {
    expect(meaningsOf([['', '\\u00daltima vuelta'], ['', 'Penalizaci\\u00f3n']])).toEqual(['last-lap', 'penalty']);
  });

  it('keeps a second column of gaps beside the first, and no second one of anything else', () => {
    expect(meaningsOf([['gap', 'Gap'], ['gap', 'Gap'], ['llp', ''], ['llp', '']])).toEqual(['gap', 'gap-more', 'last-lap', 'free']);
  });

  it('lets what a person has set win over type and label', () => {
    expect(meaningsOf([['tlp', 'Laps'], ['', 'Total']], { 'timing-lap': 'c2' })).toEqual(['free', 'laps']);
  });

  it('passes over settings that name no column of the page', () => {
    expect(meaningsOf([['tlp', 'Laps']], { 'timing-lap': 'c9', nonsense: 'c1' })).toEqual(['laps']);
  });
});

describe(parserSettingsOf.name, () => {
  it('names the columns in the terms of the contract', () => {
    const columns = recogniseColumns([{ id: 3, type: 'rk', label: '' }, { id: 6, type: 'tlp', label: '' }, { id: 8, type: 'grp', label: '' }], {});
    expect(parserSettingsOf(columns)).toEqual({ 'timing-position': 'c3', 'timing-lap': 'c6' });
  });
});
