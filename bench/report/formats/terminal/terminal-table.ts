import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import { most } from '../../../model/extent.ts';
import { plainText, shortened } from '../../../format/plain-text.ts';
import type { Column, Table } from '../../sections/section.ts';
import type { Style, Styles } from './terminal-style.ts';
import { cut, wrap } from './wrap.ts';

const GAP = 2;

/** In UTF-16 units: about 30 lines of a narrow column. */
const LONGEST_CELL = 400;

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'left-mid', 'mid-mid', 'right-mid', 'middle']
    .concat(['top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right'])
    .map((place) => [place, '']),
);

type Row = readonly string[];

/** A table without rules. */
export function renderTable(
  table: Table,
  width: number,
  { bold, dim, mark }: Styles,
  crowding = WRAPPED,
): string {
  const { columns } = table;
  const headings = columns.map(({ heading }) => heading);
  const groups = groupHeadings(columns);
  const rows = alignPoints(
    table.rows.map((row) => row.map((cell) => shortened(plainText(cell), LONGEST_CELL))),
    columns,
  );
  const widths = fittingWidths(columns, [groups, headings, ...rows], width, crowding);
  const fitted = (row: Row, style: Style): string[] =>
    row.map((cell, column) => styled(crowding.fit(cell, widths[column] ?? 0), style));
  const rendered = new CliTable({
    colAligns: columns.map(({ align }) => (align === 'left' ? 'left' : 'right')),
    colWidths: widths.map((columnWidth) => columnWidth + GAP),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': GAP, 'padding-right': 0 },
  });
  if (groups.some(Boolean))
    rendered.push(
      groups.map((group, column) => ({
        content: column === 0 ? bold(group) : dim(group),
        hAlign: 'left' as const,
      })),
    );
  rendered.push(fitted(headings, dim));
  if (columns.some(({ unit }) => unit !== undefined))
    rendered.push(columns.map(({ unit = '' }) => dim(unit)));
  for (const row of rows) rendered.push(fitted(row, mark));
  return rendered.toString().replace(/ +$/gm, '');
}

const styled = (cell: string, style: Style): string => cell.split('\n').map(style).join('\n');

/** A group's name is over its first column only; over the table's first column it is the table's title. */
const groupHeadings = (columns: readonly Column[]): string[] =>
  columns.map(({ group = '' }, column) => (group === columns[column - 1]?.group ? '' : group));

/** Aligns the decimal points of a column: every figure gets the same width after its point. */
function alignPoints(rows: readonly Row[], columns: readonly Column[]): Row[] {
  const behind = (cell: string): number => (cell.includes('.') ? cell.length - cell.indexOf('.') : 0);
  const room = columns.map((_, column) => Math.max(0, most(rows.map((row) => behind(row[column] ?? '')))));
  return rows.map((row) =>
    row.map((cell, column) =>
      columns[column]?.align === 'decimal' ? cell + ' '.repeat((room[column] ?? 0) - behind(cell)) : cell,
    ),
  );
}

function fittingWidths(
  columns: readonly Column[],
  rows: readonly Row[],
  width: number,
  { narrower }: Crowding,
): number[] {
  const widths = columns.map((_, column) => most(rows.map((row) => stringWidth(row[column] ?? ''))));
  const total = (): number => widths.reduce((sum, columnWidth) => sum + columnWidth + GAP, 0);
  while (total() > width) {
    const column = narrower(columns, widths);
    if (column === undefined) break;
    widths[column] = (widths[column] ?? 0) - 1;
  }
  return widths;
}

/** How a table that is too wide becomes narrower. */
interface Crowding {
  /** The column that loses the next character; undefined when no column can. */
  narrower: (columns: readonly Column[], widths: readonly number[]) => number | undefined;
  /** Text in a column of this width. */
  fit: (text: string, width: number) => string;
}

const NARROWEST = 8;

/** Nothing is lost: its widest text columns take more lines. */
const WRAPPED: Crowding = {
  narrower: (columns, widths) =>
    widest(widths, (column) => columns[column]?.align === 'left' && (widths[column] ?? 0) > NARROWEST),
  fit: (text, width) => wrap(text, width, ''),
};

/** A row stays one line: its title is cut, then whatever is widest. */
export const CUT: Crowding = {
  narrower: (_, widths) =>
    (widths[0] ?? 0) > NARROWEST ? 0 : widest(widths, (column) => (widths[column] ?? 0) > 1),
  fit: cut,
};

function widest(widths: readonly number[], canLose: (column: number) => boolean): number | undefined {
  const able = [...widths.keys()].filter(canLose);
  return able.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
}
