import type { Node } from 'libpg-query';
import { usesOfArray, usesOfBetween, usesOfList, usesOfRows } from './lists.ts';
import { matchUses, MATCHES } from './matches.ts';
import { numbersIn } from './places.ts';
import { as, isTree, lastName, type Held } from './tree.ts';
import { drawn, hasRows, SIDES } from './sides.ts';
import type { Use } from './use.ts';
import type { ScopeColumns } from './columns.ts';

type Comparison = Held<'A_Expr'>;

/** Operators that compute a value, and compare nothing. */
const COMPUTES = new Set([
  '+',
  '-',
  '*',
  '/',
  '^',
  '||',
  '->',
  '->>',
  '#>',
  '#>>',
  '#-',
  '&',
  '|',
  '#',
  'AT',
]);

const FLIPPED: Readonly<Record<string, string>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '@>': '<@',
  '<@': '@>',
};

/** What the comparisons of a level, wherever they stand in a tree, say of the parameters. */
export function comparedIn(tree: unknown, columns: ScopeColumns): Use[] {
  if (!isTree(tree) || 'SelectStmt' in tree) return [];
  const comparison = as('A_Expr', tree);
  const here = comparison ? usesOfComparison(comparison, columns) : [];
  return [...here, ...Object.values(tree).flatMap((part) => comparedIn(part, columns))];
}

function usesOfComparison(comparison: Comparison, columns: ScopeColumns): Use[] {
  const { lexpr, rexpr, kind } = comparison;
  if (!lexpr || !rexpr || numbersIn([lexpr, rexpr], 'this level').size === 0) return [];
  if (kind === 'AEXPR_IN') return usesOfList(lexpr, itemsOf(rexpr), lastName(comparison.name));
  if (kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL') return usesOfArray(comparison, lexpr, rexpr);
  if (kind?.includes('BETWEEN')) return usesOfBetween(lexpr, itemsOf(rexpr), kind.includes('NOT'));
  const rows = [as('RowExpr', lexpr)?.args, as('RowExpr', rexpr)?.args];
  if (rows[0] && rows[1]) return usesOfRows(rows[0], rows[1], lastName(comparison.name));
  return usesOfPair(comparison, lexpr, rexpr, columns);
}

const itemsOf = (list: Node): Node[] => as('List', list)?.items ?? [];

function usesOfPair({ kind, name }: Comparison, left: Node, right: Node, columns: ScopeColumns): Use[] {
  const isFlipped = numbersIn(left, 'this level').size > 0 && !hasRows(left);
  const [data, value] = isFlipped ? [right, left] : [left, right];
  if (!hasRows(data)) return [];
  const written = lastName(name);
  const operator = isFlipped ? (FLIPPED[written] ?? written) : written;
  if (MATCHES.has(operator)) return matchUses(operator, data, value, columns);
  if (COMPUTES.has(operator) || (operator === '%' && !isText(data, columns))) return [];
  return drawn(value, (number, found) => {
    const base = { number, of: data, ...found };
    if (kind === 'AEXPR_NOT_DISTINCT' || operator === '=') return { kind: 'equal', ...base };
    const side = kind === 'AEXPR_DISTINCT' ? 'neither' : SIDES[operator];
    return side ? { kind: 'bound', ...base, side } : { kind: 'row', ...base, what: 'a value of a row' };
  });
}

const isText = (node: Node, columns: ScopeColumns): boolean =>
  /char|text/.test(columns.find(node)?.column.type ?? '');
