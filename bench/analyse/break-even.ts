import type { Estimate } from '../model/estimate.ts';
import type { BreakEven } from '../model/migration.ts';
import type { Range } from './mixed-statements.ts';

/**
 * Where the time saved by reads equals the time added by writes, or the other way round.
 *
 * @param read milliseconds saved by the average read; less than 0 is added
 * @param write the same of the average write
 * @param basis what an estimate says of how it was made
 */
export function breakEvenOf(read: Range, write: Range, basis: Omit<Estimate, keyof Range>): BreakEven {
  if (read.low >= 0 && write.low >= 0) return { state: 'saves at every share' };
  if (read.high <= 0 && write.high <= 0) return { state: 'saves at no share' };
  if (read.point >= 0 === write.point >= 0) return { state: 'anywhere' };
  const [first, second] = read.point >= 0 ? [read, write] : [write, read];
  const { point, low, high } = shareOfOther(first, second);
  if (low === 0 && high === 1) return { state: 'anywhere' };
  return read.point >= 0
    ? { state: 'saves below', writeShare: { point, low, high, ...basis } }
    : { state: 'saves above', writeShare: { point: 1 - point, low: 1 - high, high: 1 - low, ...basis } };
}

/** How large the share of the second kind may become before it takes what the first kind saves. */
const shareOfOther = (first: Range, second: Range): Range => ({
  point: share(first.point, second.point),
  low: share(first.low, second.low),
  high: share(first.high, second.high),
});

/** Of (1 - share) * first + share * second = 0. Grows with both, so that each end comes from ends of the same kind. */
function share(first: number, second: number): number {
  if (first <= 0) return 0;
  return second >= 0 ? 1 : first / (first - second);
}
