import { RunError } from '../../model/errors.ts';
import type { Dataset } from '../../model/result.ts';

/** @throws RunError naming the tables of which the two servers were given other rows */
export function refuseOtherRows(before: Dataset, after: Dataset): void {
  const sums = new Map(after.tables.map(({ table, sha256 }) => [table, sha256]));
  const other = before.tables.filter(({ table, sha256 }) => sums.get(table) !== sha256);
  if (other.length === 0) return;
  throw new RunError('The two servers do not have the same rows', {
    detail: `Other checksums: ${other.map(({ table }) => table).join(', ')}.`,
    remedy: 'Let the rows of the suite depend on its seed alone.',
  });
}
