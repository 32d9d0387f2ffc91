import type { CommonValue } from '../../bench/model/snapshot.ts';
import type { GroupSpan } from './histogram-groups.ts';
import type { Span } from './spans.ts';
import type { ValueKind } from './values/value-kind.ts';

/** A value that has a span of its own. */
export interface CommonSpan extends Span {
  text: string;
}

/**
 * @param rows of the table, NULLs included: shares are of all rows
 * @param most rows that have a value; where the shares come to more, the rarest are cut
 */
export function commonSpans(mostCommon: readonly CommonValue[], rows: number, most: number): CommonSpan[] {
  let left = most;
  return mostCommon.flatMap(({ value: text, share }) => {
    const some = Math.min(left, Math.round(share * rows));
    left -= some;
    return some > 0 ? [{ text, rows: some, values: 1, value: () => text }] : [];
  });
}

/**
 * Puts the spans of common values between those of groups, in the order of the values. One that lies inside of a group
 * comes before the group that begins after it.
 */
export function merged(kind: ValueKind, common: readonly CommonSpan[], groups: readonly GroupSpan[]): Span[] {
  const spans: Span[] = [];
  let next = 0;
  for (const span of common.toSorted((a, b) => kind.compare(a.text, b.text))) {
    for (let group = groups[next]; group && kind.compare(group.low, span.text) < 0; group = groups[++next])
      spans.push(group);
    spans.push(span);
  }
  return [...spans, ...groups.slice(next)];
}
