import type { Node } from 'libpg-query';
import { nodesIn, relationOf } from '../../../suite/statement-facts.ts';
import { reachesOut } from './outside.ts';
import type { Scope } from './scopes.ts';
import { numbersIn } from './places.ts';
import {
  as,
  conjunctionOf,
  conjunctsOf,
  expressionTree,
  isTree,
  replaced,
  sqlOf,
  type Tree,
} from './tree.ts';
import { Unresolved } from './use.ts';

/** SQL for the value of each `$n` that is known so far. */
export type Resolved = ReadonlyMap<number, string>;

/** The FROM clause of a level, without the conditions whose parameters are not known. */
export const fromSql = ({ from }: Scope, resolved: Resolved): string =>
  from.map((node) => closedSql(node, resolved)).join(', ');

/** The conditions of a level whose parameters are known, those on rows of other levels left out. */
export const conditionsSql = ({ where, from }: Scope, resolved: Resolved): string[] =>
  where
    .filter((condition) => isClosed(condition, resolved) && !reachesOut(condition, from))
    .map((condition) => {
      const sql = closedSql(condition, resolved);
      return as('BoolExpr', condition) ? `(${sql})` : sql;
    });

/** `WITH ...` where the level names what a WITH clause gives; otherwise empty. */
export function withSql({ ctes, from, where }: Scope, resolved: Resolved): string {
  const named = new Set([...nodesIn([from, where, ctes])].flatMap(relationOf).map(({ name }) => name));
  const used = ctes.filter((cte) => named.has(as('CommonTableExpr', cte)?.ctename ?? ''));
  if (used.length === 0) return '';
  return `WITH RECURSIVE ${used.map((cte) => closedSql(cte, resolved)).join(', ')} `;
}

/** @throws Unresolved where a parameter is not known */
export function closedSql(node: Node, resolved: Resolved): string {
  const tree = closed(node, resolved);
  const [open] = numbersIn(tree);
  if (open !== undefined) throw new Unresolved(`$${open} decides about more than a condition`);
  return sqlOf(tree);
}

const isClosed = (node: Node, resolved: Resolved): boolean =>
  [...numbersIn(node)].every((number) => resolved.has(number)) || selectHolds(node, resolved);

/** A condition with a subquery holds without those conditions of the subquery that are not known. */
const selectHolds = (node: Node, resolved: Resolved): boolean =>
  [...numbersIn(node, 'this level')].every((number) => resolved.has(number)) && !isNegation(node);

/** `NOT EXISTS` of fewer conditions finds fewer rows, perhaps none. */
const isNegation = (node: Node): boolean => as('BoolExpr', node)?.boolop === 'NOT_EXPR';

const CONDITIONS = new Set(['whereClause', 'havingClause', 'quals']);

/** A copy with values for parameters, and without conditions whose parameters are not known. */
const closed = (tree: Node, resolved: Resolved): Node =>
  replaced(tree, (node: Tree): Tree | undefined => {
    const number = as('ParamRef', node)?.number;
    const value = number === undefined ? undefined : resolved.get(number);
    if (value !== undefined) return expressionTree(value);
    if (!Object.keys(node).some((key) => CONDITIONS.has(key))) return undefined;
    const entries = Object.entries(node).map(([key, part]) => [key, closedPart(key, part, resolved)]);
    return Object.fromEntries(entries) as Tree;
  });

function closedPart(key: string, part: unknown, resolved: Resolved): unknown {
  if (!isTree(part)) return part;
  if (!CONDITIONS.has(key)) return closed(part as unknown as Node, resolved);
  const kept = conjunctsOf(part as unknown as Node).filter((condition) => isClosed(condition, resolved));
  return conjunctionOf(kept.map((condition) => closed(condition, resolved))) ?? expressionTree('true');
}
