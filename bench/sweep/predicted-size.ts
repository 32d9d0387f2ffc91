import { rowCounts } from '../../seed/row-counts.ts';
import { isCopied, type GeneratedTable, type TableSource } from '../model/dataset.ts';
import { canonicalRelation } from '../model/relation.ts';
import type { Sweep } from '../model/sweep.ts';

/**
 * The scale at which the largest table that grows has so many rows. The others grow in proportion.
 *
 * @returns undefined where no table grows
 */
export function predictedSize(tables: readonly TableSource[], rows: number): Sweep['predict'] {
  const growing = tables.filter((table): table is GeneratedTable => !isCopied(table));
  const [largest] = growing.toSorted((a, b) => b.rowsAtScaleOne - a.rowsAtScaleOne);
  return largest && { table: canonicalRelation(largest.name), rows, scale: rows / largest.rowsAtScaleOne };
}

/** The rows of each table at a scale, also at one that is never seeded. */
export const rowsAtScale = (tables: readonly TableSource[], scale: number): ((table: string) => number) =>
  rowCounts(tables, scale).rowsOf;
