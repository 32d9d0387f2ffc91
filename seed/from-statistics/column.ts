import type { Cell } from '../../bench/model/dataset.ts';
import { Choice } from './choice.ts';
import type { Marginal } from './marginal.ts';
import { physicalOrder } from './physical-order.ts';

/** A column of a table at a number of rows: a value for each place. */
export interface Column {
  cell: (place: number) => Cell;
  /** Missing where values come with those of another column. */
  ranked?: RankedColumn | undefined;
}

/** A column whose values are found by their rank. */
export interface RankedColumn {
  marginal: Marginal;
  /** Below 0 for NULL: -1, -2 and so on in the order of the places. */
  rankAt: (place: number) => number;
}

/** How a column lies in its table. */
export interface Layout {
  rows: number;
  correlation: number;
  key: number;
}

/** @param marginal of fewer rows than the table has: the others are NULL */
export function rankedColumn(marginal: Marginal, { rows, correlation, key }: Layout): RankedColumn {
  const { size } = marginal;
  const nulls = new Choice(rows, rows - size, key);
  const order = physicalOrder(marginal.runs(), size, correlation, key + 1);
  return {
    marginal,
    rankAt: (place) => {
      const chosen = nulls.at(place);
      return chosen < 0 ? order(-1 - chosen) : -1 - chosen;
    },
  };
}

export function columnOf(ranked: RankedColumn): Column {
  const { marginal, rankAt } = ranked;
  return {
    ranked,
    cell: (place) => {
      const rank = rankAt(place);
      return rank < 0 ? null : marginal.at(rank);
    },
  };
}
