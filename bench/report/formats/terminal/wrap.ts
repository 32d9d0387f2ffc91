import stringWidth from 'string-width';
import { shortened } from '../../../format/plain-text.ts';

/** In UTF-16 units: longer than any sentence of a report, short enough to measure at once. */
const MOST = 4_000;

/** Breaks text at spaces into lines of at most `width` columns; all lines but the first are indented by two more. */
export function wrap(whole: string, width: number, indent: string): string {
  const text = shortened(whole, MOST);
  if (stringWidth(indent + text) <= width) return indent + text;
  const hanging = `${indent}  `;
  const lines: string[] = [];
  let line = indent;
  for (const { gap, piece } of pieces(text, width - hanging.length)) {
    const isEmpty = line.trim() === '';
    const isFull = !isEmpty && stringWidth(line + gap + piece) > width;
    if (isFull) lines.push(line);
    line = isFull ? hanging + piece : line + (isEmpty ? '' : gap) + piece;
  }
  return [...lines, line].join('\n');
}

/** A piece that is not broken, with the spaces before it. */
interface Piece {
  gap: string;
  piece: string;
}

const pieces = (text: string, width: number): Piece[] =>
  [...text.matchAll(/( *)([^ ]+)/g)].flatMap(([, gap = '', word = '']) =>
    parts(word, width).map((piece, position) => ({ gap: position === 0 ? gap : '', piece })),
  );

/** A name longer than a line is broken before a dot, or else after an underscore. */
function parts(word: string, width: number): string[] {
  const fits = (text: string): boolean => stringWidth(text) <= width;
  if (fits(word)) return [word];
  const atoms = word
    .split(/(?=\.)/)
    .flatMap((part) => (fits(part) ? [part] : part.split(/(?<=_)/)))
    .flatMap((part) => slices(part, width));
  return atoms.slice(1).reduce(
    (lines, atom) => {
      const longer = (lines.at(-1) ?? '') + atom;
      return fits(longer) ? [...lines.slice(0, -1), longer] : [...lines, atom];
    },
    atoms.slice(0, 1),
  );
}

/** Slices that fit even if every character is a wide one; only the last is measured. */
function slices(text: string, width: number): string[] {
  if (stringWidth(text) <= width) return [text];
  const characters = Array.from(text);
  const length = Math.max(1, Math.floor(width / 2));
  const count = Math.ceil(characters.length / length);
  return Array.from({ length: count }, (_, slice) =>
    characters.slice(slice * length, (slice + 1) * length).join(''),
  );
}

/** Text of at most `width` columns: an ellipsis replaces its middle, because statements often begin alike. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const tail = beginning(characters.toReversed(), Math.floor((width - 1) / 3))
    .toReversed()
    .join('');
  const head = beginning(characters, width - 1 - stringWidth(tail)).join('');
  return `${head.trimEnd()}…${tail.trimStart()}`;
}

/** The first characters that fit into this many columns. */
function beginning(characters: readonly string[], width: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += stringWidth(character);
    return used > width;
  });
  return characters.slice(0, end === -1 ? undefined : end);
}
