import type { Node } from 'libpg-query';
import { nodesIn } from '../../../suite/statement-facts.ts';
import { numbersIn } from './places.ts';
import { as } from './tree.ts';
import type { Use } from './use.ts';

/** A subquery that stands for a value, as in `= (SELECT ... LIMIT $1)`, has one row at most. */
export function withScalarLimits(uses: readonly Use[], statement: Node): Use[] {
  const limits = new Set([...nodesIn(statement)].flatMap((node) => [...scalarLimit(node)]));
  return uses.map((use) => (use.kind === 'constant' && limits.has(use.number) ? { ...use, sql: '1' } : use));
}

function scalarLimit(node: unknown): Set<number> {
  const link = as('SubLink', node);
  if (link?.subLinkType !== 'EXPR_SUBLINK') return new Set();
  return numbersIn(as('SelectStmt', link.subselect)?.limitCount);
}
