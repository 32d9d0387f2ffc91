import type { RangeStatistics } from '../../../bench/model/snapshot.ts';
import { fraction } from '../hash.ts';
import { BYTEWISE } from './text-order.ts';
import type { ValueKind } from './value-kind.ts';

/** A range as PostgreSQL writes it; an end that is open on its side is undefined. */
function parsed(text: string): { low: string | undefined; high: string | undefined } {
  const [, low = '', high = ''] = /^[[({]*"?([^",]*)"?,"?([^",\])]*)"?[\])]/.exec(text) ?? [];
  return { low: low || undefined, high: high || undefined };
}

/**
 * Ranges and multiranges of one range: lower bounds and lengths each as their quantiles say.
 *
 * @param element the type of the bounds; PostgreSQL's lengths are in its units, those of times in seconds
 */
export function ranges(
  element: ValueKind,
  { emptyShare, lengths, bounds }: RangeStatistics,
  isMulti: boolean,
  key: number,
): ValueKind {
  const wrapped = (text: string): string => (isMulti ? `{${text}}` : text);
  const empty = isMulti ? '{}' : 'empty';
  const quantile = <T>(of: readonly T[], share: number): T | undefined =>
    of[Math.round(share * (of.length - 1))];
  const any = (nth: number): string => {
    if (fraction(key, nth) < emptyShare) return empty;
    const { low, high } = parsed(quantile(bounds, fraction(key + 1, nth)) ?? '');
    const length = Number(quantile(lengths, fraction(key + 2, nth)) ?? 0);
    if (low === undefined || high === undefined || !Number.isFinite(length))
      return wrapped(`[${quotedEnd(low)},${quotedEnd(high)})`);
    return wrapped(`[${quotedEnd(low)},${quotedEnd(element.plus?.(low, length) ?? high)})`);
  };
  return {
    compare: BYTEWISE.compare,
    room: () => 0,
    between: (low) => () => low,
    after: (_high, nth) => any(nth),
    any,
  };
}

const quotedEnd = (text: string | undefined): string => (text === undefined ? '' : `"${text}"`);
