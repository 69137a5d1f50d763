import { describe, expect, it } from '@jest/globals';
import { FOXES, OWLS, at, lap, linesLike, pitIn, plain, told } from '../../../test/scripted-feed.js';
import { tellCorrection } from './counts.js';

const LAPS = [1, 2, 3].flatMap((number) => [at(66_000 * number, lap(FOXES, number, 66_000 - number)), at(66_000 * number + 1_000, lap(OWLS, number, 66_000 + number))]);

/** What the cells of a row say that are sent after all laps. */
function after(frames: ReturnType<typeof told>, row: string): string[] {
  return linesLike(frames, new RegExp(`^${row}`)).filter(([ms]) => ms > 200_000).map(([, line]) => line);
}

describe(tellCorrection.name, () => {
  it('takes laps by the count, the last lap and the best one that stay, and a crossing without expectation', () => {
    const lines = after(told(plain, [...LAPS, at(210_000, { kind: 'correction', cause: 'judgement', changes: [{ entry: FOXES, laps: -1, stops: 0 }] })], { untilMs: 300_000 }), 'r22770');
    expect(lines).toEqual(expect.arrayContaining(['r22770c6|in|2', 'r22770c7|tn|1:05.998', 'r22770c10|ib|1:05.998', 'r22770|*||']));
  });

  it('gives laps by the count and the distances alone', () => {
    const lines = after(told(plain, [...LAPS, at(210_000, { kind: 'correction', cause: 'judgement', changes: [{ entry: OWLS, laps: 4, stops: 0 }] })], { untilMs: 300_000 }), 'r22771');
    expect(lines).toEqual(expect.arrayContaining(['r22771c6|in|7', 'r22771c8|in|Vuelta 7', 'r22771|#|1']));
    expect(lines.filter((line) => /^r22771(c7|c10|\|\*)/.test(line))).toEqual([]);
  });

  it('takes stops with the laps in a rollback: one that runs is over, and the kart is on track again', () => {
    const events = [...LAPS, at(205_000, pitIn(FOXES, 1)), at(230_000, { kind: 'correction', cause: 'rollback', changes: [{ entry: FOXES, laps: 0, stops: -1 }] } as const)];
    const lines = after(told(plain, events, { untilMs: 300_000 }), 'r22770');
    expect(lines).toEqual(expect.arrayContaining(['r22770c13|in|', 'r22770c2|in|', 'r22770c11|in|0:00', 'r22770|*||']));
    expect(lines.filter((line) => line.startsWith('r22770c11|to'))).toHaveLength(25);
  });

  it('marks every row of a rollback as entered once more where the circuit does', () => {
    const events = [...LAPS, at(230_000, { kind: 'correction', cause: 'rollback', changes: [FOXES, OWLS].map((entry) => ({ entry, laps: -1, stops: 0 })) } as const)];
    const strays = (strayEntries: boolean): string[] => linesLike(told({ ...plain, strayEntries }, events, { untilMs: 300_000 }), /\*in/).map(([, line]) => line);
    expect([strays(true), strays(false)]).toEqual([['r22770|*in|0', 'r22771|*in|0'], []]);
  });
});
