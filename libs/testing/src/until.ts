const LOOK_AGAIN_MS = 100;

/** How long `until` waits, and what it adds to its error. */
export interface UntilOptions {
  /** Default one minute. */
  limitMs?: number;
  /** What is known when it never became true, e.g. the state of a process. */
  known?: () => string;
  /** True when it cannot become true any more: the limit is then over at once. */
  isHopeless?: () => boolean;
}

/**
 * Resolves when the condition is true; one that throws is not true yet.
 *
 * @param what the condition in words, e.g. `the race is stored`
 * @throws Error with these words and the last thing thrown when the limit has passed
 */
export async function until(what: string, condition: () => boolean | Promise<boolean>, { limitMs = 60_000, known, isHopeless }: UntilOptions = {}): Promise<void> {
  const limit = Date.now() + limitMs;
  for (;;) {
    let thrown: unknown = null;
    try {
      if (await condition()) return;
    } catch (error) {
      thrown = error;
    }
    if (Date.now() > limit || isHopeless?.() === true) throw new Error(`It did not become true within ${limitMs} ms that ${what}.${known === undefined ? '' : `\n${known()}`}`, { cause: thrown });
    await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
  }
}
