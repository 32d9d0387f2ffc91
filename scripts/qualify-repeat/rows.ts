import { speedupOf } from '../../bench/analyse/estimates.ts';
import { relativeHalfWidth } from '../../bench/analyse/precision.ts';
import { lacksPrecision } from '../../bench/analyse/warnings.ts';
import type { Baseline } from '../../bench/model/arm.ts';
import type { Estimate, Verdict } from '../../bench/model/estimate.ts';
import type { Result } from '../../bench/model/result.ts';

export type Kind = 'reads' | 'writes';

/** One row of a run on one clock. */
export interface Row {
  /** The same in every run. */
  key: string;
  kind: Kind;
  clock: 'client' | 'server';
  baseline: Baseline;
  /** A speedup of a read, an overhead of a write. */
  estimate: Estimate;
  /** Half the interval's width over the ratio. */
  halfWidth: number;
  /** Rests on the client's clock; missing on the server's. */
  verdict?: Verdict;
  isPrecise: boolean;
}

/** What one run measured, on both clocks; rows that failed are missing. */
export const rowsOf = (result: Result): Row[] =>
  (['reads', 'writes'] as const).flatMap((kind) => result[kind].flatMap((row) => clocksOf(kind, row)));

function clocksOf(kind: Kind, row: Result[Kind][number]): Row[] {
  if (row.state === 'failed') return [];
  const { baseline, id, estimate, server, verdict } = row;
  const head = { kind, baseline, isPrecise: !lacksPrecision(row.warnings) };
  const on = (clock: Row['clock'], estimate: Estimate): Row => ({
    ...head,
    key: `${kind}/${baseline}/${id}/${clock}`,
    clock,
    estimate,
    halfWidth: relativeHalfWidth(kind === 'reads' ? estimate : speedupOf(estimate)),
  });
  return [{ ...on('client', estimate), verdict }, ...(server ? [on('server', server.estimate)] : [])];
}
