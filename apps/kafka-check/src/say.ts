/** Takes a line for the user. */
export type Say = (line: string) => void;

/** A line on stdout. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
