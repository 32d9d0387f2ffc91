import type { Baseline } from './arm.ts';
import type { Estimate } from './estimate.ts';

/** One run's estimate among those of the same figure; `startedAt` is that of the run. */
export interface TrendPoint {
  startedAt: string;
  estimate: Estimate;
  isNoisy: boolean;
}

/** How one figure went from run to run, oldest first; `band` is what `nights` of them span. */
export interface Trend {
  id: string;
  title: string;
  baseline: Baseline;
  metric: 'speedup' | 'overhead';
  points: readonly TrendPoint[];
  band: { low: number; high: number; nights: number } | undefined;
}
