import type { ElementStatistics } from '../../../bench/model/snapshot.ts';
import { drawnElements } from '../drawn-elements.ts';
import { textBetween } from './text-between.ts';
import { BYTEWISE } from './text-order.ts';
import type { ValueKind } from './value-kind.ts';

/** An element as an array's text has it. */
const written = (element: string): string =>
  /^[\w.:+-]+$/.test(element) && element.toUpperCase() !== 'NULL'
    ? element
    : `"${element.replace(/["\\]/g, '\\$&')}"`;

/**
 * Arrays of elements as common as their statistics say; of those that are known whole, each as often. Where no element is known, these
 * come again, and where none is, all are empty.
 */
export function arrays(
  element: ValueKind,
  elements: ElementStatistics | undefined,
  samples: readonly string[],
  key: number,
): ValueKind {
  const isKnown = (elements?.mostCommon.length ?? 0) > 0 || element.any(0) !== null;
  const draw = drawnElements(elements ?? withoutStatistics, key, (nth) => element.any(nth)?.toString());
  const any = (nth: number): string =>
    isKnown ? `{${draw(nth).map(written).join(',')}}` : (samples[nth % samples.length] ?? '{}');
  const between: ValueKind['between'] =
    elements || !isKnown
      ? (low, high, parts) => (part) => (part === 0 ? low : part === parts ? high : any(part))
      : (low, high, parts) => textBetween(low, high, parts, { longest: 0, isBytewise: true });
  const compare = samples.every((sample) => /^\{[\d,.-]*\}$/.test(sample)) ? byNumbers : BYTEWISE.compare;
  return {
    compare,
    room: (low, high) => (low === high ? 0 : Infinity),
    between,
    after: (_high, nth) => any(samples.length + nth),
    any,
  };
}

const withoutStatistics: ElementStatistics = { mostCommon: [], nullShare: 0, counts: [1] };

function byNumbers(a: string, b: string): number {
  const [first, second] = [a, b].map((text) => text.slice(1, -1).split(',').map(Number));
  for (const [at, number] of (first ?? []).entries()) {
    const difference = number - (second?.[at] ?? -Infinity);
    if (difference !== 0) return difference;
  }
  return (first?.length ?? 0) - (second?.length ?? 0);
}
