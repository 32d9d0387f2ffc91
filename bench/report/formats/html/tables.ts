import type { Column, Table } from '../../sections/section.ts';
import { breakable, Markup, markup } from './markup.ts';

/** A table in its own scrollable region, which also scrolls by keyboard. */
export function tableMarkup({ caption, columns, rows }: Table, section: string): Markup {
  const name = caption === undefined ? section : `${section}, ${caption}`;
  const hasGroups = columns.some(({ group }) => group !== undefined);
  return markup`<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table${columns.length > MANY ? new Markup(' class="wide"') : undefined}>
<caption>${name}</caption>
<thead>${hasGroups ? groupRow(columns) : undefined}<tr>${columns.map(heading)}</tr></thead>
<tbody>${rows.map((row) => bodyRow(row, columns))}</tbody>
</table></div>
`;
}

/** A table with more columns than this is printed in smaller type. */
const MANY = 11;

/** A row of headings that span several columns. */
function groupRow(columns: readonly Column[]): Markup {
  const spans: { name: string; count: number }[] = [];
  for (const { group = '' } of columns) {
    const last = spans.at(-1);
    if (last?.name === group) last.count += 1;
    else spans.push({ name: group, count: 1 });
  }
  const cells = spans.map(({ name, count }) =>
    name === ''
      ? markup`<td colspan="${count}"></td>`
      : markup`<th scope="colgroup" colspan="${count}">${name}</th>`,
  );
  return markup`<tr>${cells}</tr>`;
}

const isNumber = ({ align }: Column): boolean => align !== 'left';

function heading(column: Column): Markup {
  const { heading: name, unit } = column;
  if (name === '') return markup`<td></td>`;
  const text = unit === undefined ? name : `${name}, ${unit}`;
  return isNumber(column)
    ? markup`<th scope="col" class="number">${text}</th>`
    : markup`<th scope="col">${text}</th>`;
}

/** The first cell is the row's heading; a continued row has none. */
const bodyRow = (row: readonly string[], columns: readonly Column[]): Markup => {
  const cells = row.map((cell, at) => {
    const column = columns[at];
    if (at === 0 && cell !== '') return markup`<th scope="row">${breakable(cell)}</th>`;
    if (column && isNumber(column)) return markup`<td>${cell}</td>`;
    return markup`<td class="${kindOf(cell)}">${breakable(cell)}</td>`;
  });
  return markup`<tr>${cells}</tr>\n`;
};

/** How a cell of text wraps: an interval or a date stays on one line, a sentence may take several. Figures have no class. */
function kindOf(cell: string): string {
  if (cell.length < 30 && /\[[^\]]*\]$|->|^\d{4}-\d\d-\d\d$/.test(cell)) return 'line';
  if (cell.length > 60) return 'long';
  return cell.length > 14 ? 'text' : 'short';
}
