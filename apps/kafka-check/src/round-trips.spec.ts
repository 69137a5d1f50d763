import { describe, expect, it } from '@jest/globals';
import { RoundTrips, roundTripLine } from './round-trips.js';

describe(RoundTrips.name, () => {
  it('counts what is lost and what comes twice, and leaves out what others sent', () => {
    const trips = new RoundTrips();
    for (const [id, atMs] of [['a', 0], ['b', 10], ['c', 20]] as const) trips.sent(id, atMs);
    trips.received('a', 5);
    trips.received('a', 6);
    trips.received('c', 21);
    trips.received('of another run', 30);
    expect(trips.allAreBack).toBe(false);
    expect(trips.figures()).toEqual({ sent: 3, received: 2, lost: 1, doubled: 1, p50Ms: 1, p99Ms: 5 });
  });

  it('takes the percentiles by rank', () => {
    const trips = new RoundTrips();
    for (let n = 1; n <= 100; n += 1) {
      trips.sent(String(n), 0);
      trips.received(String(n), n);
    }
    expect(roundTripLine(trips.figures())).toBe('100 sent, 100 received, 0 lost, 0 doubled, p50 50.0 ms, p99 99.0 ms');
  });

  it('has no times when nothing comes back', () => {
    const trips = new RoundTrips();
    trips.sent('a', 0);
    expect(roundTripLine(trips.figures())).toBe('1 sent, 0 received, 1 lost, 0 doubled, p50 –, p99 –');
  });
});
