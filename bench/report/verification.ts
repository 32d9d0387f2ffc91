import { counted } from '../format/quantity.ts';
import type { IndexCheck, QueryAnswer, QueryCheck, Verification } from '../model/verification.ts';
import { plainLines, plainText } from '../format/plain-text.ts';
import { left, right, type Table } from './sections/section.ts';
import { stylesFor } from './formats/terminal/terminal-style.ts';
import { renderTable } from './formats/terminal/terminal-table.ts';

/** The findings of `verify` as text for a terminal. */
export function renderVerification(
  { candidate, expected, indexes, countsPerTable, queries }: Verification,
  { columns, color }: { columns: number; color: boolean },
): string {
  const styles = stylesFor(color);
  const { bold } = styles;
  const show = (table: Table): string => renderTable(table, columns - 1, styles);
  return [
    bold(`Candidate ${plainText(candidate)}: ${summary(indexes, expected)}`),
    show({
      caption: undefined,
      columns: [left('index'), left('table'), left('state')],
      rows: indexes.map(({ name, table, state }) => [
        name,
        table,
        state === 'as expected' ? expected : state,
      ]),
    }),
    ...indexes.flatMap(difference),
    '',
    bold('Indexes per table'),
    show({
      caption: undefined,
      columns: [left('table'), right('indexes')],
      rows: countsPerTable.map(({ table, indexes: count }) => [table, String(count)]),
    }),
    ...queries.flatMap((query) => [
      '',
      bold(`Documented query: ${plainText(query.title)}`),
      ...queryLines(query, show),
    ]),
    '',
  ].join('\n');
}

function summary(indexes: readonly IndexCheck[], expected: Verification['expected']): string {
  if (indexes.length === 0) return 'it makes no index, and there is none to look for';
  const sound = indexes.filter(({ state }) => state === 'as expected').length;
  return `${sound} of ${counted(indexes.length, 'index', 'indexes')} present, valid and ${expected}`;
}

/** An index that has the expected name only: its definition, and the expected one. */
function difference(index: IndexCheck): string[] {
  if (index.state !== 'different') return [];
  return ['', `  present:    ${plainText(index.found)}`, `  expected:   ${plainText(index.definition)}`];
}

function queryLines({ sql, outcome }: QueryCheck, show: (table: Table) => string): string[] {
  if (outcome.state === 'answered') return [...indented(sql), ...answerLines(outcome.answer, show)];
  const { workingForm } = outcome;
  return [
    ...indented(sql),
    `  PostgreSQL refuses it: ${plainText(outcome.message)}`,
    ...(workingForm
      ? [
          '  The nearest form that works:',
          ...indented(workingForm.sql),
          ...answerLines(workingForm.answer, show),
        ]
      : []),
  ];
}

const indented = (sql: string): string[] => plainLines(sql).map((line) => `    ${line}`);

const MOST_ROWS = 8;

function answerLines({ columns, rows }: QueryAnswer, show: (table: Table) => string): string[] {
  const table = show({
    caption: undefined,
    columns: columns.map(left),
    rows: rows.slice(0, MOST_ROWS).map((row) => row.map((value) => value ?? 'NULL')),
  });
  return [
    table,
    `  (${counted(rows.length, 'row')}${rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown` : ''})`,
  ];
}
