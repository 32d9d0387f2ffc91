import stringWidth from 'string-width';
import { plainText } from '../../../../format/plain-text.ts';
import { wrap } from '../wrap.ts';

const GAP = '   ';

/** Fills lines with as many pieces as fit. A piece is broken only if it is longer than a line. */
export function packed(pieces: readonly string[], width: number, indent: string): string[] {
  return pieces.map(plainText).reduce<string[]>((lines, piece) => {
    const longer = `${lines.at(-1) ?? ''}${GAP}${piece}`;
    if (lines.length > 0 && stringWidth(longer) <= width) return [...lines.slice(0, -1), longer];
    return [...lines, ...wrap(piece, width, indent).split('\n')];
  }, []);
}
