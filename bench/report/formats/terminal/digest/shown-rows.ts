import type { ReadResult, Result, WriteResult } from '../../../../model/result.ts';

type Row = ReadResult | WriteResult;

/** The rows that a terminal has lines for, and the others, which are in the files. */
export interface ShownRows<Shown extends Row> {
  shown: readonly Shown[];
  others: readonly Shown[];
}

/** The statements of the mix; all rows where --only has chosen them, or where the mix has none of them. */
export function shownRows<Shown extends Row>({ run }: Result, rows: readonly Shown[]): ShownRows<Shown> {
  const isMixed = ({ weight }: Row): boolean => weight > 0;
  if (run.only.length > 0 || !rows.some(isMixed)) return { shown: rows, others: [] };
  return { shown: rows.filter(isMixed), others: rows.filter((row) => !isMixed(row)) };
}
