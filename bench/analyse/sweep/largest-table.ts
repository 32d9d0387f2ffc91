import type { SweepPoint } from '../../model/sweep.ts';

type Sized = Pick<SweepPoint, 'scale' | 'tables'>;

export const rowsAt = ({ tables }: Pick<SweepPoint, 'tables'>, table: string): number =>
  tables.find((one) => one.table === table)?.rows ?? 0;

/**
 * The table whose rows a read is reported against: of those that its plan reads without the candidate, at any scale, the one
 * that has most rows at the largest.
 *
 * @returns undefined for a read of no seeded table
 */
export function largestTable(
  points: readonly (Sized & Pick<SweepPoint, 'plans'>)[],
  read: string,
): string | undefined {
  const largest = points.at(-1);
  if (!largest) return undefined;
  const read_ = points.flatMap(({ plans }) => plans.filter((plan) => plan.read === read));
  const names = new Set(read_.flatMap(({ tables }) => tables));
  const known = largest.tables.filter(({ table }) => names.has(table));
  return known.toSorted((a, b) => b.rows - a.rows)[0]?.table;
}
