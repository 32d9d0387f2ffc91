import type { Estimate } from '../model/estimate.ts';
import { least } from '../model/extent.ts';
import type { Balance, Mix, BreakEven } from '../model/migration.ts';
import type { MixedStatement, MixedStatements, Range } from './mixed-statements.ts';

/**
 * Time saved and added per 1,000 statements of the mix. For an interval, all statements are at the same end of their
 * own intervals: they share one machine, so their errors are not assumed to be independent. For errors of an
 * elliptical distribution, such as the normal one, the half-widths add up to no more than that, whatever the
 * correlation (Embrechts, McNeil and Straumann 2002, "Correlation and dependence in risk management", theorem 1). For
 * independent errors the interval is wider than necessary.
 *
 * @returns undefined where the mix asks for reads, or writes, and there are none
 */
export function balanceOf({ reads, writes }: MixedStatements, mix: Mix): Balance | undefined {
  if ((mix.reads > 0 && reads.length === 0) || (mix.writes > 0 && writes.length === 0)) return undefined;
  const statements = [...reads, ...writes];
  return {
    ...timesIn(statements, ({ executions }) => executions),
    ...(reads.length > 0 && writes.length > 0
      ? { breakEven: breakEvenOf(average(reads), average(writes), basisOf(statements)) }
      : {}),
  };
}

/** What so many executions of each statement take without the candidate, and what they save and add with it. */
export function timesIn(
  statements: readonly MixedStatement[],
  timesOf: (statement: MixedStatement) => number,
): Omit<Balance, 'breakEven'> {
  const basis = basisOf(statements);
  const total = (of: (statement: MixedStatement) => Range): Estimate => ({
    ...sumOf(statements, timesOf, of),
    ...basis,
  });
  return {
    beforeMs: total(({ before }) => before),
    savedMs: total(({ saved }) => positivePart(saved)),
    addedMs: total(({ saved }) => positivePart(negated(saved))),
    netMs: total(({ saved }) => saved),
  };
}

/** The `method` of these estimates. */
const basisOf = (statements: readonly MixedStatement[]): Omit<Estimate, keyof Range> => ({
  confidence: least(statements.map(({ before }) => before.confidence)),
  n: least(statements.map(({ before }) => before.n)),
  method: 'sum over statements, all at the same end of their intervals',
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
 * The share of writes at which the time saved by reads equals the time added by writes, or the reverse.
 *
 * @param read milliseconds saved by the average read; negative where time is added
 * @param write the same of the average write
 * @param basis the `method` of the estimate
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

/** The share of the second kind at which it adds the time that the first kind saves. */
const shareOfOther = (first: Range, second: Range): Range => ({
  point: share(first.point, second.point),
  low: share(first.low, second.low),
  high: share(first.high, second.high),
});

/**
 * The root of (1 - share) * first + share * second = 0. It grows with both: each of its ends comes from ends of the
 * same kind.
 */
function share(first: number, second: number): number {
  if (first <= 0) return 0;
  return second >= 0 ? 1 : first / (first - second);
}
