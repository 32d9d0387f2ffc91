import { expect, test } from 'vitest';
import { attainableVerdicts } from './attainable.ts';
import type { Row } from './rows.ts';

/** A write with these overheads in runs. */
const runsOf = (...overheads: number[]): Row[][] =>
  overheads.map((point) => [
    {
      key: 'a',
      kind: 'writes',
      clock: 'client',
      baseline: 'bare',
      estimate: { point, low: point - 0.02, high: point + 0.02, confidence: 0.95, n: 20, method: '' },
      halfWidth: 0.02,
      verdict: 'slower',
      isPrecise: true,
    },
  ]);

test('rows far from every limit agree, in however short a run', () => {
  expect(attainableVerdicts(runsOf(0.499, 0.5, 0.501)).map(({ equalVerdicts }) => equalVerdicts)).toEqual(
    new Array(7).fill(1),
  );
});

test('a row that scatters about a limit agrees half the time at first, and always in a run that is long enough', () => {
  // At 1.96 deviations from 0 a single row is significant in half of the runs.
  const [first, ...longer] = attainableVerdicts(runsOf(0.04, 0.06, 0.08));
  expect(first?.timesAsLong).toBe(1);
  expect(first?.equalVerdicts).toBeGreaterThan(0.5);
  expect(first?.equalVerdicts).toBeLessThan(0.95);
  expect(longer.at(-1)?.equalVerdicts).toBe(1);
});

test('two runs tell no scatter', () => {
  expect(attainableVerdicts(runsOf(0.1, 0.2))).toEqual([]);
});
