import { PipelineError } from '@lts/contracts';

const HIGHEST_FACTOR = 10_000;

/**
 * Speed of the race: a factor, or `max` (Infinity).
 *
 * @throws PipelineError `LTS_CONFIGURATION` when the text is neither
 */
export function parseSpeed(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const factor = Number(text);
  if (Number.isFinite(factor) && factor > 0 && factor <= HIGHEST_FACTOR) return factor;
  throw new PipelineError('LTS_CONFIGURATION', `--speed must be a factor above 0 and up to ${HIGHEST_FACTOR}, or max, not "${text}".`);
}
