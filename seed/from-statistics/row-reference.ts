import type { FanOut } from '../../bench/model/snapshot.ts';
import { Choice } from './choice.ts';
import type { Layout } from './column.ts';
import { parentCounts } from './parent-counts.ts';
import { physicalOrder } from './physical-order.ts';
import { lastUpTo, startsOf } from './spans.ts';

/** Which row of another table a row refers to by several columns; undefined for one of which they are NULL. */
export type ReferredRow = (place: number) => number | undefined;

export function rowReference(
  fanOut: FanOut,
  parents: number,
  nullShare: number,
  { rows, correlation, key }: Layout,
): ReferredRow {
  const nulls = Math.round(rows * nullShare);
  const size = rows - nulls;
  const counts = parentCounts({ parents, children: size, fanOut, known: [], key });
  const starts = startsOf(counts);
  const choice = new Choice(rows, nulls, key + 1);
  const runs = Array.from(counts, (some) => ({ rows: some, values: 1 })).filter((run) => run.rows > 0);
  const order = physicalOrder(runs, size, correlation, key + 2);
  return (place) => {
    const chosen = choice.at(place);
    return chosen < 0 ? lastUpTo(starts, order(-1 - chosen), parents) : undefined;
  };
}
