import type { ReadResult, WriteResult } from '../model/item-result.ts';
import type { Likeness, StatementLikeness } from '../model/likeness.ts';
import type { Warning } from '../model/outcome.ts';

interface Rows {
  reads: ReadResult[];
  writes: WriteResult[];
}

/** The rows, with a warning at each whose statement the source plans otherwise. */
export function withOtherPlans<R extends Rows>(rows: R, likeness: Likeness | undefined): R {
  const others = (likeness?.statements ?? []).filter(({ isSame }) => !isSame);
  const mark = <Row extends ReadResult | WriteResult>(row: Row): Row => {
    const other = others.find((statement) => isOf(statement, row));
    return other && row.state === 'measured'
      ? { ...row, warnings: [...row.warnings, warningOf(other)] }
      : row;
  };
  return { ...rows, reads: rows.reads.map(mark), writes: rows.writes.map(mark) };
}

const isOf = ({ sql, origin }: StatementLikeness, row: ReadResult | WriteResult): boolean =>
  row.sql === sql || ('source' in row && row.source === origin);

const CODE = 'other-plan';

const warningOf = ({ signatures }: StatementLikeness): Warning => ({
  code: CODE,
  cause: `the source plans this as ${signatures.source}, and the rows made from its statistics as ${signatures.made}: its times are not to be believed`,
  remedy: 'measure it on copied rows: --from',
});

/** Of rows those whose statements the source plans otherwise. */
export const plannedOtherwise = <Row extends ReadResult | WriteResult>(rows: readonly Row[]): Row[] =>
  rows.filter((row) => row.state === 'measured' && isPlannedOtherwise(row.warnings));

/** Whether the source does other work for the statement of a row. */
export const isPlannedOtherwise = (warnings: readonly Warning[]): boolean =>
  warnings.some(({ code }) => code === CODE);
