import { expect, test } from 'vitest';
import type { Result } from '../model/result.ts';
import { changed, sample, withoutLedger } from './migration.fixture.ts';
import { judgeMigration } from './migration.ts';

const noisy = (low: number, high: number, of = withoutLedger): Result => ({
  ...of,
  canaries: of.canaries.map((canary) =>
    canary.state === 'measured'
      ? { ...canary, isQuiet: false, estimate: { ...canary.estimate, low, high } }
      : canary,
  ),
});

test('a noisy run decides what stands with each time wrong by as much as its canaries', () => {
  const migration = judgeMigration(noisy(0.92, 1.08));
  expect(migration?.verdict).toBe(judgeMigration(withoutLedger)?.verdict);
  expect(migration?.reasons).toContain(
    'the run is noisy by up to 8.7 %; the verdict stands with each time wrong by as much',
  );
});

test('a noisy run decides nothing where that could turn it, or where a canary failed', () => {
  expect(judgeMigration(noisy(0.01, 0.41))?.verdict).toBe('inconclusive');
  const failed = sample.canaries.map(({ id, title, baseline }) => {
    return { id, title, baseline, state: 'failed' as const, error: { message: 'refused' } };
  });
  expect(judgeMigration({ ...withoutLedger, canaries: failed })?.verdict).toBe('inconclusive');
});

test('a noisy run confirms and rules out a goal only where its noise could not', () => {
  const goals = [{ read: 'example-1', atLeast: 1.4 }];
  const gaining = (ratio: number, low: number, high: number) => {
    const of = changed('example-1', 'faster', ratio);
    return judgeMigration(noisy(low, high, { ...of, run: { ...of.run, goals } }))?.verdict;
  };
  expect(gaining(1.45, 0.99, 1.06)).toBe('inconclusive');
  expect(gaining(1.6, 0.99, 1.06)).toBe('ship with cost');
  expect(gaining(1.3, 0.94, 1.02)).toBe('do not ship');
  expect(gaining(1.35, 0.94, 1.02)).toBe('inconclusive');
});
