/** A date as the contract writes it: ISO 8601 without zone and fraction. */
export function dateText(value: string): string {
  return value.slice(0, 19).replace(' ', 'T');
}

const DATES: ReadonlySet<string> = new Set(['insertDate', 'updateDate']);

/** A row as the contract shows it: snake_case names, dates in its form; `hidden` properties are left out. */
export function represent(row: object, hidden: readonly string[] = []): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [property, value] of Object.entries(row)) {
    if (hidden.includes(property)) continue;
    shown[snakeCase(property)] = DATES.has(property) && typeof value === 'string' ? dateText(value) : value;
  }
  return shown;
}

function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
