/** True when the promise settles within `limitMs`, false when it is still open then; a rejection counts as settled. */
export async function settlesWithin(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), limitMs)));
  const settled = promise.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves after `ms`, or at once when the signal is or becomes aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resume) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resume();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** Pause before attempt `attempt` (0, 1, …): doubles from `firstMs` to `longestMs`, then shortened by chance by up to half. */
export function backOffMs(attempt: number, limits: { firstMs: number; longestMs: number }): number {
  const full = Math.min(limits.longestMs, limits.firstMs * 2 ** Math.min(attempt, 30));
  return full * (0.5 + Math.random() / 2);
}
