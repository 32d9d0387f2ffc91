import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import { plainText } from './plain-text.ts';
import type { Table } from './sections/section.ts';

const GAP = 2;
const NARROWEST = 12;

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'left-mid', 'mid-mid', 'right-mid', 'middle']
    .concat(['top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right'])
    .map((place) => [place, '']),
);

/** A table without lines. Where it is too wide, its widest text columns wrap until it fits. */
export function renderTable(table: Table, width: number, dim: (text: string) => string): string {
  const headings = table.columns.map(({ heading }) => heading);
  const rows = table.rows.map((row) => row.map(plainText));
  const widths = fittingWidths(table, [headings, ...rows], width - GAP);
  const rendered = new CliTable({
    colAligns: table.columns.map(({ align }) => align),
    colWidths: widths.map((columnWidth) => columnWidth + GAP),
    wordWrap: true,
    wrapOnWordBoundary: false,
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': GAP, 'padding-right': 0 },
  });
  rendered.push(headings, ...rows);
  const [first = '', ...others] = rendered.toString().replace(/ +$/gm, '').split('\n');
  // Not each heading by itself: cells are measured, and wrapped, with their escape sequences.
  return [dim(first), ...others].join('\n');
}

function fittingWidths(table: Table, rows: readonly (readonly string[])[], width: number): number[] {
  const widths = table.columns.map((_, column) =>
    Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))),
  );
  const total = (): number => widths.reduce((sum, columnWidth) => sum + columnWidth + GAP, 0);
  while (total() > width) {
    const texts = table.columns.flatMap(({ align }, column) => (align === 'left' ? [column] : []));
    const widest = texts.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    if (widest === undefined || (widths[widest] ?? 0) <= NARROWEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
