import { expect, test } from 'vitest';
import { normalDraws } from '../../tests/fixtures/simulated.ts';
import type { Estimate } from '../model/estimate.ts';
import { busyRoundsWarning, reproducibilityOf } from './reproducibility.ts';

/** Two pairs in each of many rounds, with these standard deviations. */
function pairsWith(within: number, between: number) {
  const normal = normalDraws(`reproducibility ${within} ${between}`);
  return Array.from({ length: 2000 }, (_, round) => {
    const level = between * normal();
    return [1, 2].map(() => ({ round: round + 1, before: Math.exp(level + within * normal()), after: 1 }));
  }).flat();
}

test.each([
  [0.1, 0],
  [0.02, 0.1],
  [0, 0.05],
])('a scatter of %d within rounds and %d between them is told apart', (within, between) => {
  const found = reproducibilityOf(pairsWith(within, between));
  expect(found?.withinRounds).toBeCloseTo(within, 2);
  expect(found?.betweenRounds).toBeCloseTo(between, 1);
});

test('pairs that were measured in one go do not tell', () => {
  expect(reproducibilityOf(Array.from({ length: 20 }, () => ({ before: 1, after: 2 })))).toBeUndefined();
});

const estimate = (point: number): Estimate => ({
  point,
  low: point * 0.9,
  high: point * 1.1,
  confidence: 0.95,
  n: 10,
  method: '',
});
const text = ({ point }: Estimate): string => `${point}x`;

test('both figures are shown where they differ by more than a tenth', () => {
  expect(busyRoundsWarning(estimate(15), estimate(16), text)).toEqual([]);
  expect(busyRoundsWarning(estimate(15), estimate(24), text)).toMatchObject([
    {
      code: 'busy-rounds',
      cause:
        'undisturbed 24x, over the quieter half of the rounds; as it was in this run 15x, because both arms took longer in the others',
    },
  ]);
});
