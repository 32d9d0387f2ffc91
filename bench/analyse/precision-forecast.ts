import type { Estimate } from '../model/estimate.ts';
import { median } from '../model/averages.ts';
import type { Result } from '../model/result.ts';
import { aimedHalfWidth, isPrecise, MOST_ROUNDS, READ_PRECISION, WRITE_PRECISION } from './precision.ts';
import type { PrecisionTarget } from './precision.ts';

/** The share of rows that a run should bring to their target precision. */
const WANTED_SHARE = 0.8;

/** What would bring four of five rows to their target precision. */
export interface Forecast {
  rounds: number;
  /** To measure in, as `--budget`. Undefined where a run never has so many rounds. */
  seconds?: number;
}

/** @returns undefined where they are there already, and where no rounds tell how long one takes */
export function forecastPrecision({
  reads,
  writes,
  rounds,
}: Pick<Result, 'reads' | 'writes' | 'rounds'>): Forecast | undefined {
  const needed = [
    ...reads.map((row) => (row.state === 'measured' ? roundsNeeded(row.estimate, READ_PRECISION) : Infinity)),
    ...writes.map((row) =>
      row.state === 'measured' ? roundsNeeded(ratioOf(row.estimate), WRITE_PRECISION) : Infinity,
    ),
  ].toSorted((a, b) => a - b);
  const wanted = Math.ceil(needed[Math.ceil(WANTED_SHARE * needed.length) - 1] ?? 0);
  if (rounds.length === 0 || wanted <= rounds.length) return undefined;
  if (wanted > MOST_ROUNDS) return { rounds: wanted };
  return { rounds: wanted, seconds: wanted * median(rounds.map(({ seconds }) => seconds)) };
}

/** An interval narrows with the square root of the number of rounds. */
function roundsNeeded(estimate: Estimate, target: PrecisionTarget): number {
  if (isPrecise(estimate, target)) return 0;
  const halfWidth = (estimate.high - estimate.low) / 2 / estimate.point;
  return estimate.n * (halfWidth / aimedHalfWidth(estimate, target)) ** 2;
}

/** after / before, from an overhead. */
const ratioOf = ({ point, low, high, ...rest }: Estimate): Estimate => ({
  ...rest,
  point: 1 + point,
  low: 1 + low,
  high: 1 + high,
});
