import { inverseOf } from './inverse.ts';
import { numbersIn } from './places.ts';
import { isTree } from './tree.ts';
import type { BoundSide, DrawnUse, Use } from './use.ts';
import type { Node } from 'libpg-query';

/** What an operator makes of its right side. */
export const SIDES: Readonly<Record<string, BoundSide>> = {
  ...{ '<': 'upper', '<=': 'upper', '>': 'lower', '>=': 'lower' },
  ...{ '<>': 'neither', '!=': 'neither' },
};

type Found = Pick<DrawnUse, 'value' | 'cast'>;

/** A use for each parameter of a side for which a value can be computed. */
export function drawn(side: Node, useOf: (number: number, found: Found) => Use): Use[] {
  return [...numbersIn(side, 'this level')].flatMap((number) => {
    const found = inverseOf(side, number);
    return found ? [useOf(number, found)] : [];
  });
}

/** Whether an expression depends on rows. */
export function hasRows(tree: unknown): boolean {
  if (!isTree(tree)) return false;
  return 'ColumnRef' in tree || 'SubLink' in tree || isCount(tree) || Object.values(tree).some(hasRows);
}

/** `count(*)` names no column. */
const isCount = ({ agg_star: star }: Readonly<Record<string, unknown>>): boolean => star === true;
