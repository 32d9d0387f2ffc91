import type { ElementStatistics } from '../../bench/model/snapshot.ts';
import { fraction } from './hash.ts';
import { lastUpTo, startsOf } from './spans.ts';

/**
 * Draws the elements of the n-th value: as many as its place among the quantiles of counts says, and each common one in its share of the
 * values (systematic sampling with unequal probabilities: Madow 1949). The others are rare.
 *
 * @param rare of the n-th value, from 0; undefined where no element is known
 */
export function drawnElements(
  { mostCommon, counts }: ElementStatistics,
  key: number,
  rare: (nth: number) => string | undefined,
): (nth: number) => string[] {
  const starts = startsOf(mostCommon.map(({ share }) => share));
  const common = starts.at(-1) ?? 0;
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length) || 1;
  return (nth) => {
    const wanted = countAt(counts, fraction(key, nth));
    const expected = (common * wanted) / mean;
    const step = common / expected;
    const elements = new Set<string>();
    for (let at = step * fraction(key + 1, nth); at < common && elements.size < wanted; at += step)
      elements.add(mostCommon[lastUpTo(starts, at, mostCommon.length)]?.value ?? '');
    for (let other = 0; elements.size < wanted && other < wanted; other++) {
      const element = rare(nth + other);
      if (element === undefined) break;
      elements.add(element);
    }
    return [...elements];
  };
}

const countAt = (counts: readonly number[], share: number): number =>
  Math.round(counts[Math.floor(share * counts.length)] ?? 1);
