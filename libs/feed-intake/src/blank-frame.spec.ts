import { describe, expect, it } from '@jest/globals';
import { isBlankFrame } from './blank-frame.js';

describe(isBlankFrame.name, () => {
  it('takes white space alone as blank', () => {
    expect(isBlankFrame('\r\n \n')).toBe(true);
    expect(isBlankFrame('r1|#|1\n')).toBe(false);
  });
});
