import { existsSync, readFileSync } from 'node:fs';

/** Adds up the closing lines of all Jest runs in the logs; a failed step, a skipped test or a run without tests fails the whole. */
const [failedSteps, ...logs] = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
const problems = failedSteps === '' ? [] : [`failed steps: ${failedSteps}`];

for (const log of logs) {
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  const lines = [...text.matchAll(/^.*\bTests: +(.*\d+ total)/gm)].map((match) => match[1]);
  if (lines.length === 0) problems.push(`${log} shows no tests`);
  for (const line of lines) {
    for (const kind of Object.keys(totals)) totals[kind] += Number(new RegExp(`(\\d+) ${kind}`).exec(line)?.[1] ?? 0);
  }
}
if (totals.skipped > 0) problems.push(`${totals.skipped} tests were skipped`);
const failed = totals.failed + (problems.length > 0 && totals.failed === 0 ? 1 : 0);
for (const problem of problems) console.log(problem);
console.log(`${totals.passed} passed, ${failed} failed, ${totals.skipped} skipped`);
process.exit(failed > 0 ? 1 : 0);
