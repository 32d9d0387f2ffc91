import { expect, test } from 'vitest';
import type { IndexEffect, Recommendation } from '../../model/ledger.ts';
import { recommend, type Judged } from './recommend.ts';

const NOTHING: IndexEffect = { reads: [], writes: [] };
const exactly = (value: number) => ({
  low: value,
  point: value,
  high: value,
  confidence: 0.95,
  n: 20,
  method: 'test',
});
const serving = (instead: string[]): IndexEffect => ({
  reads: [
    {
      id: 'r',
      title: 'Example',
      instead,
      estimate: exactly(4),
      before: { durationMs: exactly(4) },
      after: { durationMs: exactly(1) },
    },
  ],
  writes: [],
});

const judged = (facts: Partial<Judged>): Recommendation =>
  recommend({
    name: 'ix',
    alone: NOTHING,
    marginal: NOTHING,
    isDispensable: true,
    usedBy: [],
    isExercised: true,
    kinship: { coveredBy: undefined, extendedBy: undefined },
    redundant: [],
    ...facts,
  });

const kept = { isDispensable: false, alone: serving([]), marginal: serving([]) };
const old = { name: 'old', relation: 'its leading keys' as const, bytes: 8192 };

test('an index with a gain is kept, with its gain', () => {
  const { action, reason } = judged(kept);
  expect([action, reason]).toEqual(['keep', 'Example is 4.00x [4.00, 4.00] as fast with it']);
});

test('an index with a gain replaces one of the baseline only where nothing is slower without that one', () => {
  expect(judged({ ...kept, redundant: [{ ...old, effect: NOTHING }] })).toMatchObject({
    action: 'keep instead of',
    other: 'old',
  });
  expect(judged({ ...kept, redundant: [{ ...old, effect: serving([]) }] }).action).toBe('keep');
});

test('an index that the baseline covers is dropped, one that the candidate extends is merged', () => {
  const kinship = { coveredBy: 'old', extendedBy: 'longer' };
  expect(judged({ kinship })).toMatchObject({ action: 'drop', other: 'old' });
  expect(judged({ kinship: { ...kinship, coveredBy: undefined } })).toMatchObject({
    action: 'merge with',
    other: 'longer',
  });
});

test('an index that another serves as fast is dropped, and the other is named', () => {
  expect(judged({ alone: serving(['twin']), usedBy: ['r'] })).toMatchObject({
    action: 'drop',
    other: 'twin',
  });
});

test('an index that no statement could use was not exercised; one without effect is dropped', () => {
  expect(judged({ isExercised: false }).action).toBe('not exercised by this workload');
  expect(judged({ isExercised: true }).action).toBe('drop');
});

test('an index that costs more in an hour than it saves is not kept, with its break-even', () => {
  const hour = {
    savedMs: exactly(1_200),
    addedMs: exactly(5_300),
    readsPerWrite: 0.8,
    breakEven: exactly((0.8 * 5_300) / 1_200),
  };
  expect(judged({ ...kept, hour })).toEqual({
    action: 'drop',
    reason:
      'in an hour its reads save 1.20 s and its writes take 5.30 s longer; it pays from 3.53 of these reads for each of these writes on, and there are 0.800',
  });
  expect(judged({ ...kept, hour: { ...hour, breakEven: exactly(0.7) } }).action).toBe('keep');
});
