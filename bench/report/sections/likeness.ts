import { likenessText } from '../../format/likeness-text.ts';
import { shortened } from '../../format/plain-text.ts';
import { count, percentText, significant } from '../../format/quantity.ts';
import type {
  ColumnLikeness,
  Compared,
  FanOutLikeness,
  Likeness,
  StatementLikeness,
} from '../../model/likeness.ts';
import type { Result } from '../../model/result.ts';
import { left, right, type Section, type Table } from './section.ts';

/** How far a database whose rows are made from statistics is like its source: what differs. */
export function likenessSection({ likeness }: Result): Section {
  if (!likeness) return { title: TITLE, tables: [], remarks: [] };
  const { columns, fanOuts, statements } = likeness;
  return {
    title: TITLE,
    tables: [
      planTable(
        'Statements that are planned otherwise',
        statements.filter(({ isSame }) => !isSame),
      ),
      columnTable('Columns that are not alike', columns.filter(isUnlike)),
      keyTable('Foreign keys that are not alike', fanOuts.filter(isUnlike)),
    ].filter(isFilled),
    remarks: [likenessText(likeness), LIMITS],
  };
}

/** All of it. */
export function likenessDetails({ likeness }: Result): Section[] {
  if (!likeness) return [];
  const { columns, fanOuts, statements, unplanned } = likeness;
  const tables = [
    planTable('Plans for any parameters', statements, unplanned),
    columnTable('Columns', columns),
    keyTable('Foreign keys: rows that refer to one', fanOuts),
  ].filter(isFilled);
  return [
    { title: 'Statistics of the rows', tables, remarks: ['a figure of the source -> that of the rows here'] },
  ];
}

const isUnlike = ({ isWithin }: { isWithin: boolean }): boolean => !isWithin;
const isFilled = ({ rows }: Table): boolean => rows.length > 0;

const TITLE = 'Rows made from statistics';

const LIMITS =
  'alike is a share of NULLs within 0.01 of that in the source, distinct values within 10 %, the share of the most common values within 0.02, correlation within 0.1, and of a foreign key the p50, p90 and p99 of the rows that refer to one within 15 %';

const planTable = (
  caption: string,
  statements: readonly StatementLikeness[],
  unplanned: Likeness['unplanned'] = [],
): Table => ({
  caption,
  columns: [left('statement'), left('plan in the source'), left('plan here'), right('rows expected')],
  rows: [
    ...statements.map(({ sql, signatures, rows, isSame }) => [
      shortened(sql, 200),
      signatures.source,
      isSame ? 'the same' : signatures.made,
      `${count(Math.round(rows.source))} -> ${count(Math.round(rows.made))}`,
    ]),
    ...unplanned.map(({ sql, reason }) => [shortened(sql, 200), `not known: ${reason}`, '', '']),
  ],
});

const columnTable = (caption: string, columns: readonly ColumnLikeness[]): Table => ({
  caption,
  columns: [
    left('column'),
    right('NULLs'),
    right('distinct'),
    right('most common'),
    right('correlation'),
    right('histogram differs by'),
  ],
  rows: columns.map((column) => [
    `${column.table}.${column.column}`,
    both(column.nullShare, percentText),
    both(column.distinct, (value) => count(Math.round(value))),
    both(column.commonShare, percentText),
    column.correlation ? both(column.correlation, (value) => value.toFixed(2)) : '',
    column.histogramDistance === undefined ? '' : percentText(column.histogramDistance),
  ]),
});

const keyTable = (caption: string, keys: readonly FanOutLikeness[]): Table => ({
  caption,
  columns: [left('foreign key'), right('p50'), right('p90'), right('p99'), right('without any')],
  rows: keys.map(({ table, columns, refersTo, p50, p90, p99, childlessShare }) => [
    `${table} (${columns.join(', ')}) -> ${refersTo}`,
    ...[p50, p90, p99].map((one) => both(one, significant)),
    `${percentText(childlessShare.source)} -> ${percentText(childlessShare.made)}`,
  ]),
});

/** One that is not alike has a mark. */
const both = ({ source, made, isWithin }: Compared, text: (value: number) => string): string =>
  `${text(source)} -> ${text(made)}${isWithin ? '' : ' !'}`;
