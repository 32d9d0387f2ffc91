import type { Baseline } from './arm.ts';
import type { SeriesKey } from './night.ts';

/**
 * `failed` ends the night with 1; `suspected` would, if it were confirmed once more; `improved` and `drifting` are
 * worth knowing.
 */
export type FindingState = 'failed' | 'suspected' | 'improved' | 'drifting';

/** The certainty of a figure that repeats from night to night. */
export const EXACT = 'exact';

/** One thing that is not as it was. */
export interface Finding {
  state: FindingState;
  item: string;
  title: string;
  baseline: Baseline | undefined;
  /** An exact metric, or one of the times, as the history calls it. */
  measure: string;
  /** The same as a reader knows it. */
  what: string;
  /** What it was: a figure, or the band of the last nights. */
  usual: string;
  /** With its interval, where it has one. */
  tonight: string;
  change: string;
  /** When the first night in a row that found it began. */
  since: string;
  /** How sure it is. */
  certainty: string;
  /** The command that measures it again. */
  command: string;
}

/** How much of the times was judged. */
export type TimingJudgement =
  | { state: 'judged'; nights: number }
  | { state: 'advisory'; nightsMissing: number }
  | { state: 'off'; cause: string };

/** What one night comes to beside those before it. */
export interface Gate {
  run: string;
  startedAt: string;
  key: SeriesKey;
  state: 'passed' | 'failed' | 'first night' | 'not comparable';
  /** Comparable nights before this one. */
  nights: number;
  timing: TimingJudgement;
  findings: readonly Finding[];
  /** Why it is not comparable: each what differs. */
  differences: readonly string[];
}
