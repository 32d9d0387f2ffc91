import { Choice } from './choice.ts';
import { orderedShare } from './correlation.ts';
import type { Run } from './marginal.ts';
import { Permutation } from './permutation.ts';
import { tiedCorrelation } from './tied-correlation.ts';

/** Which rank the row at a place has. */
export type PhysicalOrder = (place: number) => number;

/** Up to so many rows the correlation of an order by chance is too far from the expected one: the best of some is taken. */
const FEW = 1000;
const TRIALS = 60;

/**
 * A one-to-one order whose correlation with the places is about the one wanted: some rows are in order, and the others anywhere, with
 * the ranks that are left between those.
 */
export function physicalOrder(
  runs: Iterable<Run>,
  size: number,
  correlation: number,
  key: number,
): PhysicalOrder {
  const share = orderedShare(runs, size, correlation);
  const inOrder = Math.round(Math.abs(share) * size);
  if (size > FEW) return mixedOrder(size, inOrder, share < 0, key);
  const orders = Array.from({ length: TRIALS }, (_, trial) =>
    mixedOrder(size, Math.max(0, inOrder - (trial % 4)), share < 0, key + 2 * trial),
  );
  const correlationOf = tiedCorrelation(runs, size);
  const away = orders.map((order) => Math.abs(correlationOf(order) - correlation));
  return orders[away.indexOf(Math.min(...away))] ?? ((place) => place);
}

function mixedOrder(size: number, inOrder: number, isReversed: boolean, key: number): PhysicalOrder {
  const anywhere = size - inOrder;
  const choice = new Choice(size, anywhere, key);
  const permutation = new Permutation(anywhere, key + 1);
  return (place) => {
    const chosen = choice.at(place);
    if (chosen >= 0) return Math.ceil(((permutation.at(chosen) + 1) * size) / anywhere) - 1;
    const nth = -1 - chosen;
    return Math.floor(((isReversed ? inOrder - 1 - nth : nth) * size) / inOrder);
  };
}
