import { measuredQuantile, type Tails } from '../../../model/tails.ts';
import type { CsvRow } from './columns.ts';

/** Quantiles of all timed executions; their ratio is of the same kind as that of the row. */
export function tailCells(tails: Tails | undefined): CsvRow {
  const [p50, p95, p99] = ([0.5, 0.95, 0.99] as const).map((share) => measuredQuantile(tails, share));
  return {
    p50_before_ms: p50?.before.durationMs.point,
    p50_after_ms: p50?.after.durationMs.point,
    p50_ratio: p50?.estimate.point,
    p50_low: p50?.estimate.low,
    p50_high: p50?.estimate.high,
    p95_before_ms: p95?.before.durationMs.point,
    p95_after_ms: p95?.after.durationMs.point,
    p95_ratio: p95?.estimate.point,
    p95_low: p95?.estimate.low,
    p95_high: p95?.estimate.high,
    p99_before_ms: p99?.before.durationMs.point,
    p99_after_ms: p99?.after.durationMs.point,
    p99_ratio: p99?.estimate.point,
    p99_low: p99?.estimate.low,
    p99_high: p99?.estimate.high,
    p99_verdict: p99?.verdict,
  };
}
