import { normalizeSync, type Node } from 'libpg-query';
import { literal } from '../observed-literal.ts';
import { placesIn } from '../parameters/places.ts';
import { as, isTree, onlyStatement, sqlOf, type Held } from '../parameters/tree.ts';
import type { ObservedStatement } from '../source-statement.ts';

/** A statement with `$n` for each of its values. */
export interface Parameterised {
  sql: string;
  /** By number, what the statement of a file or a log has there, as SQL; empty for one of pg_stat_statements. */
  literals: ReadonlyMap<number, string>;
}

export function parameterised({ sql, values = [] }: ObservedStatement): Parameterised {
  if (/\$\d/.test(sql))
    return { sql, literals: new Map(values.map((value, at) => [at + 1, literal(value)])) };
  const normalised = normalizeSync(sql);
  const numbers = byLocation(placesIn(onlyStatement(normalised))).map(({ number }) => number);
  const constants = byLocation(constantsIn(onlyStatement(sql))).map(({ node }) => sqlOf(node));
  const isAligned = numbers.length === constants.length;
  return {
    sql: normalised,
    literals: new Map(isAligned ? numbers.map((number, at) => [number, constants[at] ?? 'NULL']) : []),
  };
}

const byLocation = <T extends { location: number }>(all: readonly T[]): T[] =>
  all.toSorted((one, other) => one.location - other.location);

function constantsIn(tree: unknown): { node: Node; location: number }[] {
  if (!isTree(tree)) return [];
  const constant = as('A_Const', tree) as (Held<'A_Const'> & { location?: number }) | undefined;
  if (constant) return [{ node: { A_Const: constant }, location: constant.location ?? 0 }];
  return Object.values(tree).flatMap(constantsIn);
}
