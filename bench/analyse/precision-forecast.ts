import type { Estimate } from '../model/estimate.ts';
import { median } from '../model/averages.ts';
import type { Result } from '../model/result.ts';
import { speedupOf } from './estimates.ts';
import {
  aimedHalfWidth,
  isPrecise,
  MOST_ROUNDS,
  READ_PRECISION,
  relativeHalfWidth,
  WRITE_PRECISION,
  type PrecisionTarget,
} from './precision.ts';

/** The share of rows that a run should bring to their target precision. */
const WANTED_SHARE = 0.8;

/** What would bring four of five rows to their target precision. */
export interface Forecast {
  rounds: number;
  /** To measure in, as `--budget`. Undefined where a run never has so many rounds. */
  seconds?: number;
}

/** @returns undefined where they are there already, or too few were measured to tell, or no round was */
export function forecastPrecision({
  reads,
  writes,
  rounds,
}: Pick<Result, 'reads' | 'writes' | 'rounds'>): Forecast | undefined {
  const needed = [
    ...reads.map((row) => (row.state === 'measured' ? roundsNeeded(row.estimate, READ_PRECISION) : Infinity)),
    ...writes.map((row) =>
      row.state === 'measured' ? roundsNeeded(speedupOf(row.estimate), WRITE_PRECISION) : Infinity,
    ),
  ].toSorted((a, b) => a - b);
  const wanted = Math.ceil(needed[Math.ceil(WANTED_SHARE * needed.length) - 1] ?? 0);
  if (rounds.length === 0 || wanted <= rounds.length || !Number.isFinite(wanted)) return undefined;
  if (wanted > MOST_ROUNDS) return { rounds: wanted };
  return { rounds: wanted, seconds: wanted * median(rounds.map(({ seconds }) => seconds)) };
}

/** An interval narrows with the square root of the number of rounds. */
function roundsNeeded(estimate: Estimate, target: PrecisionTarget): number {
  if (isPrecise(estimate, target)) return 0;
  return estimate.n * (relativeHalfWidth(estimate) / aimedHalfWidth(estimate, target)) ** 2;
}
