import type { Estimate } from '../model/estimate.ts';
import { least } from '../model/extent.ts';
import type { Balance, Mix, BreakEven } from '../model/migration.ts';
import type { MixedStatement, MixedStatements, Range } from './mixed-statements.ts';

/**
 * What 1,000 statements of the mix take less and more. Every interval takes all statements at the same end of their
 * own: they share one machine, so that their errors are not taken to be independent. For errors of an elliptical
 * distribution, such as the normal one, half-widths add up to no more than that, whatever the correlation (Embrechts,
 * McNeil and Straumann 2002, "Correlation and dependence in risk management", theorem 1). Where errors are independent
 * the interval is wider than it need be.
 *
 * @returns undefined where the mix asks for reads, or writes, and there are none
 */
export function balanceOf({ reads, writes }: MixedStatements, mix: Mix): Balance | undefined {
  if ((mix.reads > 0 && reads.length === 0) || (mix.writes > 0 && writes.length === 0)) return undefined;
  const statements = [...reads, ...writes];
  const basis = basisOf(statements);
  const total = (of: (statement: MixedStatement) => Range): Estimate => ({
    ...sumOf(statements, ({ executions }) => executions, of),
    ...basis,
  });
  return {
    beforeMs: total(({ before }) => before),
    savedMs: total(({ saved }) => positivePart(saved)),
    addedMs: total(({ saved }) => positivePart(negated(saved))),
    netMs: total(({ saved }) => saved),
    ...(reads.length > 0 && writes.length > 0
      ? { breakEven: breakEvenOf(average(reads), average(writes), basis) }
      : {}),
  };
}

/** What an estimate says of how it was made. */
const basisOf = (statements: readonly MixedStatement[]): Omit<Estimate, keyof Range> => ({
  confidence: least(statements.map(({ before }) => before.confidence)),
  n: least(statements.map(({ before }) => before.n)),
  method: 'sums over statements, all of them at the same end of their intervals',
});

function sumOf(
  statements: readonly MixedStatement[],
  timesOf: (statement: MixedStatement) => number,
  of: (statement: MixedStatement) => Range,
): Range {
  const sum = (end: keyof Range): number =>
    statements.reduce((so, statement) => so + timesOf(statement) * of(statement)[end], 0);
  return { point: sum('point'), low: sum('low'), high: sum('high') };
}

const average = (statements: readonly MixedStatement[]): Range =>
  sumOf(
    statements,
    ({ share }) => share,
    ({ saved }) => saved,
  );

const negated = ({ point, low, high }: Range): Range => ({ point: -point, low: -high, high: -low });

const positivePart = ({ point, low, high }: Range): Range => ({
  point: Math.max(0, point),
  low: Math.max(0, low),
  high: Math.max(0, high),
});

/**
 * Where the time saved by reads equals the time added by writes, or the other way round.
 *
 * @param read milliseconds saved by the average read; less than 0 is added
 * @param write the same of the average write
 * @param basis what an estimate says of how it was made
 */
function breakEvenOf(read: Range, write: Range, basis: Omit<Estimate, keyof Range>): BreakEven {
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
