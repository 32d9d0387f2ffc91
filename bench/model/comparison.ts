import type { Baseline } from './arm.ts';
import type { Estimate } from './estimate.ts';
import type { ExactMetric, NightTimes } from './night.ts';

/** One item of two results. */
export interface ComparedItem {
  title: string;
  baseline: Baseline | undefined;
  /** Exact metrics that are not the same, beyond what they may differ by. */
  changed: readonly { metric: ExactMetric; a: string | number; b: string | number | undefined }[];
  /** `change` is b's before / after to a's: more than 1 is better in b. */
  times?: { a: NightTimes; b: NightTimes; change: Estimate };
}

/** One of two results. */
export interface ComparedRun {
  run: string;
  startedAt: string;
  /** Whether its canaries differed: times of it prove nothing then. */
  isNoisy: boolean;
}

/** Two results side by side. */
export interface Comparison {
  a: ComparedRun;
  b: ComparedRun;
  /** Conditions in which they differ, so that what differs in them may be no one's doing. */
  differences: readonly string[];
  items: readonly ComparedItem[];
  onlyInA: readonly string[];
  onlyInB: readonly string[];
}
