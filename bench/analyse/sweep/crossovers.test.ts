import { expect, test } from 'vitest';
import { crossovers } from './crossovers.ts';
import { pointsAt } from './sweep-points.fixture.ts';

const UNUSED = {};
const USED = { uses: ['ix'] };

test('an index begins to be used between the last size without it and the next one', () => {
  const [crossover] = crossovers(pointsAt({ 0.1: UNUSED, 1: UNUSED, 2: USED, 10: USED }));
  expect(crossover).toMatchObject({
    of: 'plan',
    index: 'ix',
    table: 'orders',
    state: 'found',
    low: { scale: 1, rows: 1_000 },
    high: { scale: 2, rows: 2_000 },
    exceptions: [],
  });
});

test('an index that is used at every size has no lower end', () => {
  const [crossover] = crossovers(pointsAt({ 1: USED, 2: USED }));
  expect(crossover).toMatchObject({ state: 'below', high: { rows: 1_000 } });
  expect(crossover).not.toHaveProperty('low');
});

test('an index that is used at smaller sizes only is not used at the largest', () => {
  const [crossover] = crossovers(pointsAt({ 1: USED, 2: USED, 4: UNUSED }));
  expect(crossover).toMatchObject({ state: 'beyond', low: { rows: 4_000 } });
  expect(crossover?.exceptions.map(({ rows }) => rows)).toEqual([1_000, 2_000]);
});

test('a size at which it was used before it is used for good is an exception', () => {
  const [crossover] = crossovers(pointsAt({ 1: USED, 2: UNUSED, 4: USED, 8: USED }));
  expect(crossover).toMatchObject({ state: 'found', low: { scale: 2 }, high: { scale: 4 } });
  expect(crossover?.exceptions).toEqual([{ scale: 1, rows: 1_000 }]);
});

test('a read begins to be faster where its verdict says so, and not where its plan stays the same', () => {
  const found = crossovers(
    pointsAt({
      0.5: UNUSED,
      1: { ...USED, verdict: 'no material difference' },
      2: USED,
      4: { ...USED, verdict: 'faster' },
    }),
  );
  const time = found.find(({ of }) => of === 'time');
  expect(time).toMatchObject({ state: 'found', low: { scale: 1 }, high: { scale: 4 } });
});

test('where nothing was timed there is no word of what is faster', () => {
  expect(crossovers(pointsAt({ 1: USED, 2: USED })).map(({ of }) => of)).toEqual(['plan']);
});
