import stringWidth from 'string-width';
import { plainCharacters } from './plain-text.ts';

/** A place in a text: line and column from 1, and the line with a caret under the place. */
export interface PlaceInText {
  line: number;
  /** In code points. */
  column: number;
  excerpt: string;
}

/** What is shown of a long line, in code points before and after the place. */
const SHOWN = { before: 100, after: 60 };

/**
 * @param offset in UTF-16 units
 * @param firstLine number of the line that the text begins with
 */
export function placeIn(text: string, offset: number, firstLine = 1): PlaceInText {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const before = Array.from(text.slice(start, offset));
  const after = Array.from(text.slice(offset, end === -1 ? undefined : end).replace(/\r$/, ''));
  const line = firstLine - 1 + text.slice(0, start).split('\n').length;
  const gutter = String(line);
  const shown = [plainCharacters(cutBefore(before)), plainCharacters(cutAfter(after))] as const;
  return {
    line,
    column: before.length + 1,
    excerpt: [
      `  ${gutter} | ${shown.join('')}`,
      `  ${' '.repeat(gutter.length)} | ${' '.repeat(stringWidth(shown[0]))}^`,
    ].join('\n'),
  };
}

const cutBefore = (characters: readonly string[]): string =>
  characters.length > SHOWN.before ? `…${characters.slice(-SHOWN.before).join('')}` : characters.join('');

const cutAfter = (characters: readonly string[]): string =>
  characters.length > SHOWN.after ? `${characters.slice(0, SHOWN.after).join('')}…` : characters.join('');
