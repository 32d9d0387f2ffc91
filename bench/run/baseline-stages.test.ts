import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Baseline } from '../model/arm.ts';
import { baselineStages, databasesAtOnce, type BaselineStages } from './baseline-stages.ts';

const BASELINES: Baseline[] = ['shipped', 'bare'];
const baselines = fc.shuffledSubarray(BASELINES, { minLength: 1 });
const copies = fc.integer({ min: 2, max: 20 });
const room = fc.integer({ min: 0, max: 60 });

const within = (chosen: readonly Baseline[], wanted: number, most: number): BaselineStages =>
  baselineStages(chosen, wanted, (databases) => databases <= most);

test('whatever fits, each baseline has one stage, in the given order', () => {
  fc.assert(
    fc.property(baselines, copies, room, (chosen, wanted, most) => {
      expect(within(chosen, wanted, most).stages.flat()).toEqual(chosen);
    }),
  );
});

test('no more exists at once than fits, unless not even two copies of one baseline do', () => {
  fc.assert(
    fc.property(baselines, copies, room, (chosen, wanted, most) => {
      expect(databasesAtOnce(within(chosen, wanted, most))).toBeLessThanOrEqual(Math.max(most, 5));
    }),
  );
});

test('there are always two copies or more, and never more than all', () => {
  fc.assert(
    fc.property(baselines, copies, room, (chosen, wanted, most) => {
      const { copiesAtOnce } = within(chosen, wanted, most);
      expect(copiesAtOnce).toBeGreaterThanOrEqual(2);
      expect(copiesAtOnce).toBeLessThanOrEqual(wanted * chosen.length);
    }),
  );
});

test('more room never leads to less at once', () => {
  fc.assert(
    fc.property(baselines, copies, room, fc.nat(60), (chosen, wanted, most, more) => {
      const less = databasesAtOnce(within(chosen, wanted, most));
      expect(databasesAtOnce(within(chosen, wanted, most + more))).toBeGreaterThanOrEqual(less);
    }),
  );
});

test('all together, or one baseline after another, or also with fewer copies at a time', () => {
  const apart = [['shipped'], ['bare']];
  expect(within(BASELINES, 9, 23)).toEqual({ stages: [BASELINES], copiesAtOnce: 18 });
  expect(within(BASELINES, 9, 22)).toEqual({ stages: apart, copiesAtOnce: 9 });
  expect(within(BASELINES, 9, 8)).toEqual({ stages: apart, copiesAtOnce: 5 });
  expect(within(BASELINES, 9, 0)).toEqual({ stages: apart, copiesAtOnce: 2 });
});
