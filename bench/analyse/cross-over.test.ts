import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFor } from '../../seed/random.ts';
import type { Pair, Sequence } from '../model/pair.ts';
import { clientDurations, serverDurations, timesOf } from './estimates.ts';
import { commonServerRatio, serverRatio } from './server-ratio.ts';

const ORDER: readonly Sequence[] = ['AB', 'BA', 'BA', 'AB'];

/** What rounds find where the candidate makes a statement so many times as fast, and the second server so many times as slow. */
function crossed({
  speedup = 1,
  slower = 1,
  rounds = 12,
  scatter = 0.02,
  order = ORDER,
  seed = 'cross-over',
}): Pair[] {
  const random = randomFor(1, seed);
  const noisy = (ms: number): number => ms * Math.exp(scatter * (random() - 0.5));
  return Array.from({ length: rounds }, (_, place) => {
    const sequence = order[place % order.length] ?? 'AB';
    const before = noisy(sequence === 'AB' ? 10 : 10 * slower);
    const after = noisy((sequence === 'AB' ? 10 * slower : 10) / speedup);
    const block = (ms: number) => ({ medianMs: ms, executions: 1, serverMeanMs: ms });
    return { round: place + 1, sequence, first: 'before', before: block(before), after: block(after) };
  });
}

const contains = ({ low, high }: { low: number; high: number }, value: number): boolean =>
  low <= value && value <= high;

describe('a cross-over of two servers', () => {
  test('finds the candidate and the servers, whatever either is', () => {
    const factor = fc.double({ min: 0.5, max: 2, noNaN: true });
    fc.assert(
      fc.property(factor, factor, (speedup, slower) => {
        const pairs = crossed({ speedup, slower, scatter: 0 });
        expect(timesOf(clientDurations(pairs))?.estimate.point).toBeCloseTo(speedup, 9);
        expect(timesOf(serverDurations(pairs))?.estimate.point).toBeCloseTo(speedup, 9);
        expect(serverRatio(pairs)?.point).toBeCloseTo(slower, 9);
      }),
    );
  });

  test('has an interval around each', () => {
    const pairs = crossed({ speedup: 1.3, slower: 1.1 });
    const [candidate, servers] = [timesOf(clientDurations(pairs))?.estimate, serverRatio(pairs)];
    expect(candidate?.low).toBeGreaterThan(1.25);
    expect(candidate?.high).toBeLessThan(1.35);
    expect(servers?.low).toBeGreaterThan(1.05);
    expect(servers?.high).toBeLessThan(1.15);
    expect(candidate?.method).toMatch(/cross-over/);
  });

  test('covers the candidate as often as it says', () => {
    const runs = Array.from({ length: 400 }, (_, run) =>
      timesOf(clientDurations(crossed({ speedup: 1.2, slower: 1.4, scatter: 0.2, seed: `run ${run}` }))),
    );
    const covered = runs.filter((times) => times && contains(times.estimate, 1.2)).length;
    expect(covered / runs.length).toBeGreaterThan(0.92);
    expect(covered / runs.length).toBeLessThan(0.995);
  });

  test('has no estimate where the arms have not changed places often enough', () => {
    const pairs = crossed({ rounds: 12, order: ['AB', 'AB', 'AB', 'AB', 'AB', 'BA'] });
    expect(timesOf(clientDurations(pairs))).toBeUndefined();
    expect(serverRatio(pairs)).toBeUndefined();
  });

  test('takes the servers from canaries, which have no candidate', () => {
    const canaries = ['one', 'two'].map((seed) => ({
      state: 'measured' as const,
      pairs: crossed({ slower: 1.1, seed }),
      disturbances: [],
    }));
    const found = commonServerRatio([...canaries, { state: 'failed', error: { message: 'refused' } }]);
    expect(found && contains(found, 1.1) && found.low > 1.05).toBe(true);
    expect(commonServerRatio([])).toBeUndefined();
  });
});

test('pairs of one server have no ratio of servers', () => {
  const pairs = crossed({}).map(({ round, first, before, after }): Pair => ({ round, first, before, after }));
  expect(serverRatio(pairs)).toBeUndefined();
  expect(timesOf(clientDurations(pairs))?.estimate.method).toBe('trimmed mean over rounds, t interval');
});
