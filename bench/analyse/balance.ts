import type { Estimate } from '../model/estimate.ts';
import { least } from '../model/extent.ts';
import type { Balance, Mix } from '../model/migration.ts';
import { breakEvenOf } from './break-even.ts';
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
