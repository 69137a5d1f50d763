import { describe, expect, it } from '@jest/globals';
import { InventedFeed, RACE, SPRINT, payloads } from '../../test/invented-feed.js';

const entry = (text: string): string => `com||<p><b>10:30</b><span data-flag="warning"></span><span class="com_no">7</span>${text}</p>`;
const WARNING = 'Avertissement - Passage au stand en 00:56 (Tour 1)';

/** A race whose table has no pit clock; r11 wears number 7. */
function atEntry(): InventedFeed {
  const feed = new InventedFeed({ columns: SPRINT });
  feed.send('r11|*in|0');
  return feed;
}

describe('a comment that names the time of a stop', () => {
  it('gives it to the stop that is over, where the table has no pit clock', () => {
    const feed = atEntry();
    feed.send('r11|*out|0', 57_400);
    expect(payloads(feed.send(entry(WARNING), 2_000), 'update-stop')).toEqual([{ participant_code: 'r11', ordinal: 1, stop: 1, duration_ms: 56_000, source: 'comment', at_ms: feed.atMs }]);
    expect(feed.stops('r11')).toMatchObject([{ durationMs: 56_000 }]);
  });

  it('is kept for a stop that still runs', () => {
    const feed = atEntry();
    expect(payloads(feed.send(entry(WARNING), 56_000), 'update-stop')).toEqual([]);
    expect(payloads(feed.send('r11|*out|0', 1_400), 'add-pit-out')).toMatchObject([{ duration_ms: 56_000, source: 'comment' }]);
  });

  it('does not overrule the clock of the table, nor speak of a stop of another lap', () => {
    const clocked = new InventedFeed({ columns: RACE });
    clocked.send('r11|*in|0');
    clocked.send(clocked.cell('r11', 'otr', ['to', '55.']), 55_000);
    clocked.send(clocked.pitOut('r11'), 1_000);
    expect(payloads(clocked.send(entry(WARNING)), 'update-stop')).toEqual([]);
    const other = atEntry();
    other.send('r11|*out|0', 57_400);
    expect(payloads(other.send(entry(WARNING.replace('Tour 1', 'Tour 9'))), 'update-stop')).toEqual([]);
  });
});
