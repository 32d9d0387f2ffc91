import type { Node } from 'libpg-query';
import { as, isTree, type Tree } from './tree.ts';

/** What the FROM clause names its rows. */
function namesIn(tree: unknown): Set<string> {
  const names = new Set<string>();
  collectNames(tree, names);
  return names;
}

function collectNames(tree: unknown, names: Set<string>): void {
  if (!isTree(tree)) return;
  const name = nameOf(tree);
  if (name !== undefined) names.add(name);
  for (const part of Object.values(tree)) collectNames(part, names);
}

/** An alias, or the name of a table that has none. */
function nameOf({ alias, aliasname, relname }: Tree): string | undefined {
  if (typeof aliasname === 'string') return aliasname;
  return typeof relname === 'string' && alias === undefined ? relname : undefined;
}

/** Whether a condition is about rows of a level further out: a column is named by an alias that is not here. */
export function reachesOut(condition: Node, from: readonly Node[]): boolean {
  const here = namesIn([from, condition]);
  return qualifiersIn(condition).some((qualifier) => !here.has(qualifier));
}

function qualifiersIn(tree: unknown): string[] {
  if (!isTree(tree)) return [];
  const fields = as('ColumnRef', tree)?.fields;
  if (!fields) return Object.values(tree).flatMap(qualifiersIn);
  const qualifier = as('String', fields.at(-2))?.sval;
  return qualifier === undefined ? [] : [qualifier];
}
