import type { Sweep } from '../model/sweep.ts';
import type { RunRequest } from '../run/run-request.ts';

/** What decides a sweep's result, apart from the machine. */
export interface SweepRequest {
  /** The run at each scale; its own scale is the largest. */
  run: RunRequest;
  /** Ascending, at least two. */
  scales: readonly number[];
  /** Rows of the largest table to predict at; undefined where nobody asks. */
  predict: Sweep['predict'];
  /** Scales that may be added to find crossovers. */
  steps: number;
  /** Whether statements are timed, or indexes only built. */
  isTimed: boolean;
}
