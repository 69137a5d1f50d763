/** Where a replay stands. */
export interface ReplayProgress {
  /** Frames read so far. */
  frames: number;
  /** Lines of these frames that are not blank. */
  lines: number;
  /** Frames that the competition had already. */
  skipped: number;
  /** Frames published. */
  published: number;
  /** Unix ms at which the first byte was asked for. */
  startedAtMs: number;
}

/** Lines of a frame that are not blank. */
export function filledLines(text: string): number {
  let count = 0;
  let hasContent = false;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charCodeAt(index);
    if (letter === 10) {
      if (hasContent) count += 1;
      hasContent = false;
    } else if (letter !== 32 && (letter < 9 || letter > 13)) {
      hasContent = true;
    }
  }
  return hasContent ? count + 1 : count;
}
