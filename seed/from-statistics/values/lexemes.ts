import type { ElementStatistics } from '../../../bench/model/snapshot.ts';
import { drawnElements } from '../drawn-elements.ts';
import { BYTEWISE } from './text-order.ts';
import { words } from './texts.ts';
import type { ValueKind } from './value-kind.ts';

/** Rare ones are among so many. */
const RARE = 20_000;
const RARE_LENGTH = 7;

const FEW: ElementStatistics = { mostCommon: [], nullShare: 0, counts: [8] };

/** tsvector: words as common as their statistics say, one after another. */
export function lexemes(elements: ElementStatistics = FEW, key: number): ValueKind {
  const rare = (nth: number): string => words(RARE_LENGTH, key, (nth * 31) % RARE).replaceAll(' ', '');
  const draw = drawnElements(elements, key, rare);
  const any = (nth: number): string =>
    draw(nth)
      .map((word, at) => `'${word.replace(/['\\]/g, '$&$&')}':${at + 1}`)
      .join(' ');
  return {
    compare: BYTEWISE.compare,
    room: () => 0,
    between: (low) => () => low,
    after: (_high, nth) => any(nth),
    any,
  };
}
