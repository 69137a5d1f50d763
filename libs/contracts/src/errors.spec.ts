import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES, PipelineError, classify } from './errors.js';

describe(PipelineError.name, () => {
  it('keeps its cause and says whether trying again can help', () => {
    const cause = new Error('refused');
    const error = new PipelineError('LTS_API_UNAVAILABLE', 'The API does not answer.', { cause, competitionCode: 'c' });
    expect(error).toMatchObject({ retriable: true, cause, competitionCode: 'c' });
    expect(new PipelineError('LTS_API_REJECTED', 'No.').retriable).toBe(false);
  });

  it('has every code explained in the documentation, and no code more', () => {
    const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `(LTS_[A-Z_]+)`/gm)].map((match) => match[1]);
    expect(documented).toEqual([...ERROR_CODES].sort());
  });
});

describe(classify.name, () => {
  it('leaves a pipeline error as it is', () => {
    const error = new PipelineError('LTS_STOPPING', 'Stopping.');
    expect(classify(error)).toBe(error);
  });

  it('takes anything else for permanent', () => {
    expect(classify(new TypeError('x is undefined'))).toMatchObject({ code: 'LTS_MESSAGE_INVALID', retriable: false, message: 'x is undefined' });
    expect(classify('text').message).toBe('text');
  });
});
