/** One variable of the process environment as it stands; undefined when unset or empty. */
export function environmentValue(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
}
