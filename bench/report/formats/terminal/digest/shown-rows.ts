import type { ReadResult, Result, WriteResult } from '../../../../model/result.ts';

type Row = ReadResult | WriteResult;

/** The rows that the terminal shows, and the others, which only the files have. */
export interface ShownRows<Shown extends Row> {
  shown: readonly Shown[];
  others: readonly Shown[];
}

/** The statements of the mix; all rows where --only chose them or none of them is in the mix. */
export function shownRows<Shown extends Row>({ run }: Result, rows: readonly Shown[]): ShownRows<Shown> {
  const isMixed = ({ weight }: Row): boolean => weight > 0;
  if (run.only.length > 0 || !rows.some(isMixed)) return { shown: rows, others: [] };
  return { shown: rows.filter(isMixed), others: rows.filter((row) => !isMixed(row)) };
}
