import type { Node } from 'libpg-query';
import type { Constant } from './constants.ts';
import { numbersIn, type Place } from './places.ts';
import type { Scope } from './scopes.ts';
import { as, isTree, sqlOf } from './tree.ts';

/** What GROUP BY or ORDER BY repeats of the select list keeps its literals in pg_stat_statements: they have to agree. */
export function literalTwin({ number }: Place, { outputs, groupBy }: Scope): Constant | undefined {
  const all = [...groupBy, ...outputs].map(expressionOf);
  const holders = all.filter((node) => numbersIn(node).has(number));
  for (const holder of holders)
    for (const other of all) {
      const literal = alignedLiteral(holder, other, number);
      if (literal) return { sql: sqlOf(literal), what: 'the literal of the same expression elsewhere' };
    }
  return undefined;
}

const expressionOf = (node: Node): Node => as('ResTarget', node)?.val ?? as('SortBy', node)?.node ?? node;

/** The literal that one tree has where the other has the parameter, if the trees are equal everywhere else. */
function alignedLiteral(holder: Node, other: Node, number: number): Node | undefined {
  let literal: Node | undefined;
  const isEqual = (one: unknown, two: unknown): boolean => {
    const param = as('ParamRef', one);
    if (param && as('A_Const', two)) {
      if (param.number === number) literal = two as Node;
      return true;
    }
    if (!isTree(one) || !isTree(two)) return one === two;
    const keys = new Set([...Object.keys(one), ...Object.keys(two)].filter((key) => key !== 'location'));
    return [...keys].every((key) => isEqual(one[key], two[key]));
  };
  return isEqual(holder, other) ? literal : undefined;
}
