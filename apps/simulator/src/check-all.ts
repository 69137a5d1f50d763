import { PipelineError } from '@lts/contracts';

/**
 * Runs checks that throw when a setting is wrong. A user is told of all of them at once.
 *
 * @throws PipelineError `LTS_CONFIGURATION` with the sentence of each check that failed, one a line; anything else as it is
 */
export function checkAll(...checks: readonly (() => unknown)[]): void {
  const sentences = checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (error instanceof PipelineError && error.code === 'LTS_CONFIGURATION') return [error.message];
      throw error;
    }
  });
  if (sentences.length > 0) throw new PipelineError('LTS_CONFIGURATION', sentences.join('\n'));
}
