import type { Cell } from '../bench/model/dataset.ts';

const SPECIAL = /[\\\t\n\r\b\f\v\0]/;
const SPECIALS = /[\\\t\n\r\b\f\v]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/**
 * One row in COPY's text format (PostgreSQL manual, COPY, "Text Format"), with its newline. NULL is `\N`.
 *
 * @throws RangeError for U+0000, which PostgreSQL's text types cannot hold
 * @throws TypeError for a value that COPY cannot represent
 */
export function copyLine(row: readonly Cell[]): string {
  let line = '';
  for (let column = 0; column < row.length; column++) {
    if (column > 0) line += '\t';
    line += copyValue(row[column] ?? null);
  }
  return line + '\n';
}

/** The rows of a JavaScript suite have no type check. */
const kindOf = (cell: unknown): string =>
  cell instanceof Date ? 'a Date: give its toISOString()' : typeof cell;

function copyValue(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell !== 'string')
    throw new TypeError(`a cell is text, a number, a boolean or null, not ${kindOf(cell)}`);
  return escaped(cell);
}

/**
 * A text as COPY writes it.
 *
 * @throws RangeError for U+0000
 */
export function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  if (text.includes('\0')) throw new RangeError('PostgreSQL text cannot hold the character U+0000');
  return text.replace(SPECIALS, (character) => ESCAPES[character] ?? character);
}

const CHARACTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ESCAPES).map(([character, escape]) => [escape, character]),
);

/** The text of what COPY has written, which is not NULL. */
export const unescaped = (written: string): string =>
  written.replace(/\\[^]/g, (escape) => CHARACTERS[escape] ?? escape.slice(1));
