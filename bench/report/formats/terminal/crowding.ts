import { cut } from './cut.ts';
import type { Column } from '../../sections/section.ts';
import { wrap } from './wrap.ts';

/** How a table that is too wide becomes narrower. */
export interface Crowding {
  /** The column that loses the next character; undefined when no column can. */
  narrower: (columns: readonly Column[], widths: readonly number[]) => number | undefined;
  /** Text in a column of this width. */
  fit: (text: string, width: number) => string;
}

const NARROWEST = 8;

/** Nothing is lost: its widest text columns take more lines. */
export const WRAPPED: Crowding = {
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
