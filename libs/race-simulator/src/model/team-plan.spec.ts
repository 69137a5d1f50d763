import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, entry, kart, rulesNamed } from '../../test/scripted-session.js';
import { SeededRandom } from '../random/seeded-random.js';
import type { Conduct } from './entry.js';
import { raceRules } from './rules/race-rules.js';
import { type Runner, newRunner } from './runner.js';
import { TeamPlan } from './team-plan.js';

const MINUTE_MS = 60_000;
const SIX_HOURS_MS = 6 * HOUR_MS;

function planned(rules: string, conduct: Conduct, seed = 1): { plan: TeamPlan; runner: Runner } {
  const plan = new TeamPlan(raceRules(rulesNamed(rules), SIX_HOURS_MS, false), new SeededRandom(seed));
  const runner = newRunner(entry(0, conduct, rulesNamed(rules).categories[0].name), kart('K1'));
  plan.newStint(runner);
  return { plan, runner };
}

/** The minutes of a race at which a team comes in that always does so as soon as its plan says so. */
function stopMinutes(rules: string, conduct: Conduct, seed = 1): number[] {
  const { plan, runner } = planned(rules, conduct, seed);
  const minutes: number[] = [];
  runner.outSinceMs = 0;
  for (let nowMs = 0; nowMs < SIX_HOURS_MS; nowMs += MINUTE_MS) {
    if (nowMs < runner.outSinceMs || !plan.stopsNext(runner, { nowMs, startMs: 0, endMs: SIX_HOURS_MS, lapMs: MINUTE_MS })) continue;
    const entryMs = nowMs + MINUTE_MS;
    minutes.push(entryMs / MINUTE_MS);
    runner.servedAtMs.push(entryMs);
    runner.outSinceMs = entryMs + plan.pitTime(runner).stayMs;
    plan.newStint(runner);
  }
  return minutes;
}

describe(TeamPlan.name, () => {
  it('makes the stops that the rules ask for, spread over the race, and none while the pits are closed', () => {
    const minutes = stopMinutes('palmela-25h', 'follows');
    expect(minutes).toHaveLength(raceRules(rulesNamed('palmela-25h'), SIX_HOURS_MS, false).stops('PRO'));
    const steps = minutes.map((minute, index) => minute - (minutes[index - 1] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(25);
    expect(Math.max(...minutes)).toBeLessThan(360 - (30 * 6) / 25);
  });

  it('keeps a stint below its limit where the rules have one', () => {
    const minutes = stopMinutes('short-stints-13h', 'follows');
    for (const [index, minute] of minutes.entries()) expect(minute - (minutes[index - 1] ?? 0)).toBeLessThan(49);
  });

  it('stops once in each window where stops are tied to times', () => {
    const windows = raceRules(rulesNamed('madonna-6h'), SIX_HOURS_MS, false).windows;
    const minutes = stopMinutes('madonna-6h', 'follows');
    expect(minutes).toHaveLength(windows.length);
    windows.forEach(({ fromMs, toMs }, index) => {
      expect(minutes[index]).toBeGreaterThanOrEqual(fromMs / MINUTE_MS);
      expect(minutes[index]).toBeLessThanOrEqual(toMs / MINUTE_MS);
    });
  });

  it('stays as long as is asked for and some seconds more, penalties on top', () => {
    const { plan, runner } = planned('palmela-25h', 'follows');
    runner.owedMs = 20_000;
    const { dueMs, stayMs } = plan.pitTime(runner);
    expect(dueMs).toBe(200_000);
    expect(stayMs - dueMs).toBeGreaterThanOrEqual(800);
    expect(stayMs - dueMs).toBeLessThanOrEqual(4_000);
  });

  it('stays to the second when it bends the rules, and sometimes too short when it breaks them', () => {
    const margins = (conduct: Conduct): number[] => {
      const { plan, runner } = planned('palmela-25h', conduct);
      return Array.from({ length: 200 }, () => plan.pitTime(runner)).map(({ dueMs, stayMs }) => stayMs - dueMs);
    };
    expect(Math.max(...margins('bends'))).toBeLessThanOrEqual(1_200);
    expect(Math.min(...margins('bends'))).toBeGreaterThanOrEqual(0);
    const short = margins('breaks').filter((ms) => ms < 0);
    expect(short.length / 200).toBeGreaterThan(0.08);
    expect(short.length / 200).toBeLessThan(0.25);
  });

  it('leaves out a stop here and there only when it breaks the rules', () => {
    const asked = raceRules(rulesNamed('palmela-25h'), SIX_HOURS_MS, false).stops('PRO');
    const counts = (conduct: Conduct): Set<number> => new Set(Array.from({ length: 20 }, (_, seed) => stopMinutes('palmela-25h', conduct, seed).length));
    expect(counts('bends')).toEqual(new Set([asked]));
    expect(counts('breaks')).toEqual(new Set([asked - 1, asked]));
  });

  it('comes in at once for a passage through the pit lane, unless the pits are closed', () => {
    const { plan, runner } = planned('palmela-25h', 'follows');
    runner.outSinceMs = 0;
    runner.mustPass = true;
    const at = (nowMs: number): boolean => plan.stopsNext(runner, { nowMs, startMs: 0, endMs: SIX_HOURS_MS, lapMs: MINUTE_MS });
    expect([at(5 * MINUTE_MS), at(SIX_HOURS_MS - 2 * MINUTE_MS)]).toEqual([true, false]);
  });
});
