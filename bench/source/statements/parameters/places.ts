import type { Node } from 'libpg-query';
import { isTree, type Kind, type Tree } from './tree.ts';

/** A node above another one. */
export interface Above {
  kind: Kind;
  node: Tree;
}

/** Where a `$n` stands. */
export interface Place {
  number: number;
  /** In bytes of the text. */
  location: number;
  /** The nodes around it, the nearest first. */
  above: readonly Above[];
}

/** Whether the walk goes into SELECTs below the tree, which have FROM clauses of their own. */
type Depth = 'this level' | 'all levels';

/** Every `$n` in a tree. */
export function placesIn(tree: unknown, depth: Depth = 'all levels', above: readonly Above[] = []): Place[] {
  if (!isTree(tree)) return [];
  if (Array.isArray(tree)) return tree.flatMap((entry) => placesIn(entry, depth, above));
  return Object.entries(tree).flatMap(([key, value]) => {
    if (key === 'ParamRef' && isTree(value)) return placeOf(value, above);
    if (key === 'SelectStmt' && depth === 'this level') return [];
    const isKind = /^[A-Z]/.test(key) && isTree(value) && !Array.isArray(value);
    return placesIn(value, depth, isKind ? [{ kind: key as Kind, node: value }, ...above] : above);
  });
}

const placeOf = ({ number, location }: Tree, above: readonly Above[]): Place[] =>
  typeof number === 'number'
    ? [{ number, location: typeof location === 'number' ? location : 0, above }]
    : [];

/** The numbers of the `$n` in a tree. */
export const numbersIn = (tree: unknown, depth?: Depth): Set<number> =>
  new Set(placesIn(tree, depth).map(({ number }) => number));

/** The SELECTs that stand nearest below a tree. */
export function selectsBelow(tree: unknown): Node[] {
  if (!isTree(tree)) return [];
  if (Array.isArray(tree)) return tree.flatMap(selectsBelow);
  return 'SelectStmt' in tree ? [tree as unknown as Node] : Object.values(tree).flatMap(selectsBelow);
}
