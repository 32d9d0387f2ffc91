import { expect, test } from 'vitest';
import { sampleResult } from '../report/sample-result.fixture.ts';
import { nightOf } from './night-of.ts';

const isNoisy = (canaryMs: [number, number]): boolean => {
  const failed = { state: 'failed', error: { message: 'refused' } } as const;
  const sample = sampleResult(canaryMs);
  return nightOf({ ...sample, reads: sample.reads.map((read) => ({ ...read, ...failed })), writes: [] })
    .isNoisy;
};

test('a night is noisy when its canaries are, even if nothing else could be measured', () => {
  expect(isNoisy([0.36, 0.41])).toBe(true);
  expect(isNoisy([0.36, 0.36])).toBe(false);
});
