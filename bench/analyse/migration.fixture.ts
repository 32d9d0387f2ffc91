import type { Result } from '../model/result.ts';
import { sampleResult } from '../report/sample-result.fixture.ts';

export const sample = sampleResult();
export const withoutLedger: Result = { ...sample, ledger: undefined };

/** The sample with another verdict and estimate for the row with this id, and pairs that show it. */
export function changed(
  id: string,
  verdict: 'faster' | 'slower' | 'no material difference',
  point: number,
): Result {
  const rows = <T extends Result['reads'][number] | Result['writes'][number]>(
    list: readonly T[],
    factor: number,
  ): T[] =>
    list.map((row) =>
      row.id === id && row.state === 'measured'
        ? {
            ...row,
            verdict,
            estimate: { ...row.estimate, low: point * 0.99, point, high: point * 1.01 },
            pairs: row.pairs.map((pair) => ({
              ...pair,
              after: { ...pair.after, medianMs: pair.before.medianMs * factor },
            })),
          }
        : row,
    );
  return {
    ...withoutLedger,
    reads: rows(sample.reads, 1 / point),
    writes: rows(sample.writes, 1 + point),
  };
}
