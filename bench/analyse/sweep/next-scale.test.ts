import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isClose, type Crossover } from '../../model/crossover.ts';
import { crossovers } from './crossovers.ts';
import { bracketOf, nextScale } from './next-scale.ts';
import { pointsAt, type Happening } from './sweep-points.fixture.ts';

test('a scale that halves two brackets is chosen before one that halves a wider one', () => {
  expect(
    nextScale([
      { low: 1, high: 16 },
      { low: 1, high: 16 },
      { low: 16, high: 512 },
    ]),
  ).toBe(4);
});

test('nothing is left to choose without a bracket', () => {
  expect(nextScale([])).toBeUndefined();
});

test('sizes that have none between them are close enough', () => {
  const crossover = { state: 'found', low: { scale: 0.007, rows: 7 }, high: { scale: 0.008, rows: 8 } };
  expect(bracketOf(crossover as Crossover)).toBeUndefined();
});

test('bisection comes within a tenth of any crossover between the scales, in seven steps for each factor of ten', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.11, max: 9.9, noNaN: true }), (truth) => {
      const at = (scale: number): Happening => (scale >= truth ? { uses: ['ix'] } : {});
      const known: Record<number, Happening> = { 0.1: at(0.1), 10: at(10) };
      const found = (): Crossover => {
        const [crossover] = crossovers(pointsAt(known));
        if (!crossover) throw new Error('the index is used at some scale');
        return crossover;
      };
      for (let step = 0; step < 14; step++) {
        const bracket = bracketOf(found());
        const next = bracket && nextScale([bracket]);
        if (next === undefined) break;
        known[next] = at(next);
      }
      const { low, high } = found();
      expect(low?.scale).toBeLessThan(truth);
      expect(high?.scale).toBeGreaterThanOrEqual(truth);
      expect(isClose(found())).toBe(true);
    }),
  );
});
