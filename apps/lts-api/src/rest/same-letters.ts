const LETTERS = new Intl.Collator('en', { sensitivity: 'base' });

/** True when two texts differ in nothing but case and accents. */
export function sameLetters(left: string, right: string): boolean {
  return LETTERS.compare(left, right) === 0;
}

/** The row whose field is that text, else those that differ from it in case and accents only. */
export function alikeFirst<Row extends object>(rows: readonly Row[], field: keyof Row, wanted: string): Row[] {
  const exact = rows.filter((row) => row[field] === wanted);
  return exact.length > 0 ? exact : rows.filter((row) => sameLetters(String(row[field]), wanted));
}
