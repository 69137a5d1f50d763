import { PipelineError } from '@lts/contracts';

/**
 * Speed of a replay: `1`, a factor, or `max` (Infinity).
 *
 * @throws PipelineError `LTS_CONFIGURATION` when the text is none of them
 */
export function parseSpeed(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const factor = Number(text);
  if (Number.isFinite(factor) && factor > 0) return factor;
  throw new PipelineError('LTS_CONFIGURATION', `--speed must be a factor above 0 or max, not "${text}".`);
}
