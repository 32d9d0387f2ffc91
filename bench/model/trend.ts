import type { Baseline } from './arm.ts';
import type { Estimate } from './estimate.ts';

/** One item in one run of a series. */
export interface TrendPoint {
  /** ISO 8601, as the run's own. */
  startedAt: string;
  /** In the metric of its trend. */
  estimate: Estimate;
  isNoisy: boolean;
}

/** One item over a series of runs, the oldest first. */
export interface Trend {
  id: string;
  title: string;
  baseline: Baseline;
  /** `net time saved` is in milliseconds of 1,000 statements. */
  metric: 'speedup' | 'overhead' | 'net time saved';
  points: readonly TrendPoint[];
  /** Where the point of a run without news lies, found from so many nights; undefined while they are too few. */
  band: { low: number; high: number; nights: number } | undefined;
}
