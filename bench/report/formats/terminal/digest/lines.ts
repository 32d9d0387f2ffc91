import stringWidth from 'string-width';
import { plainText } from '../../../../format/plain-text.ts';
import { wrap } from '../wrap.ts';

/**
 * The first of these paragraphs, as many as this number of lines has room for; a last line counts the others, which
 * only the report has.
 *
 * @param noun what a paragraph is, in the plural
 */
export function withinLines(
  paragraphs: readonly string[],
  most: number,
  noun: string,
  indent = '',
): string[] {
  if (linesIn(paragraphs) <= most) return [...paragraphs];
  const shown = paragraphs.filter((_, at) => linesIn(paragraphs.slice(0, at + 1)) < most);
  const rest = paragraphs.length - shown.length;
  return [...shown, `${indent}${shown.length > 0 ? 'and ' : ''}${rest} more ${noun}: in the report`];
}

export const linesIn = (paragraphs: readonly string[]): number =>
  paragraphs.reduce((sum, paragraph) => sum + paragraph.split('\n').length, 0);

/** The first two lines of a paragraph. A line of a digest has room for the ellipsis. */
export function twoLines(paragraph: string): string {
  const lines = paragraph.split('\n');
  return lines.length <= 2 ? paragraph : `${lines.slice(0, 2).join('\n')}…`;
}

const GAP = '   ';

/** Fills lines with as many pieces as fit. A piece is broken only if it is longer than a line. */
export function packed(pieces: readonly string[], width: number, indent: string): string[] {
  return pieces.map(plainText).reduce<string[]>((lines, piece) => {
    const longer = `${lines.at(-1) ?? ''}${GAP}${piece}`;
    if (lines.length > 0 && stringWidth(longer) <= width) return [...lines.slice(0, -1), longer];
    return [...lines, ...wrap(piece, width, indent).split('\n')];
  }, []);
}
