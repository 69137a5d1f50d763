/** What some installations do and others do not: each was seen on the wire at the kind of circuit whose dialect has it. */
export const ODDITIES = {
  'bests-on-ticker': 'a new best lap of the race is told at the foot of the page, with its speed',
  'best-dash': 'who has no best lap yet has a dash',
  'empty-table-first': 'the table is empty for twenty seconds, then a second page brings the entries',
  'entry-mark-twice': 'some entries into the pits are marked twice, a moment apart',
  'flag-too-early': 'the chequered flag is shown before the end and taken back some seconds later',
  'intervals-refilled': 'intervals are emptied at the crossing and filled in the next frame',
  'lapped-mark': 'who crosses the line laps behind gets a mark of his own',
  'last-lap-cleared': 'the last lap is cleared at the exit from the pits',
  'length-corrected': 'before the start the clock shows another length for a while',
  'light-repeated': 'the chequered light is sent again and again',
  'log-edited': 'the reason of a penalty is added later, some warnings vanish, the log is emptied and filled again',
  'negative-gap': 'who takes the best lap is shown ahead of the former best for a moment',
  'next-on-ticker': 'after the flag the foot of the page tells what comes next',
  'own-colours': 'a few teams get a plate of their own colour during the race',
  'page-twice': 'a page that is sent again comes twice within a second',
  'plain-log-numbers': 'numbers in the log have no colour',
  'sector-marks-late': 'the mark of an intermediate comes in the frame after its time',
  'sector-minutes': 'sectors above a minute are written with minutes and one decimal',
  'stop-count-emptied': 'the stop count is emptied at the entry and filled a second later',
  'titles-flicker': 'in the running race the title of another session stands there for some seconds',
  'titles-late': 'the titles are empty in the page and come forty seconds after it',
  'untidy-names': 'some names have blanks too many',
  weather: 'the weather changes',
} as const;

export type Oddity = keyof typeof ODDITIES;
