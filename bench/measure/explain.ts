import type { Connection } from '../database/connection.ts';
import type { PlanNode, QueryPlan } from '../model/plan.ts';
import type { Parameter } from '../model/work-item.ts';

/** A node as EXPLAIN (FORMAT JSON) prints it; the rest of its keys are not looked at. */
interface ExplainedNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Sort Key'?: string[];
  'Scan Direction'?: string;
  Plans?: ExplainedNode[];
}

/** The plan that PostgreSQL chooses for this statement and these parameters. The statement is not run. */
export async function explain(
  connection: Connection,
  sql: string,
  parameters: readonly Parameter[],
): Promise<QueryPlan> {
  const { rows } = await connection.query<{ 'QUERY PLAN': string }>(`EXPLAIN (FORMAT JSON) ${sql}`, [
    ...parameters,
  ]);
  const [explained] = JSON.parse(rows[0]?.['QUERY PLAN'] ?? '[]') as { Plan: ExplainedNode }[];
  if (!explained) throw new Error('EXPLAIN returned no plan');
  const tree = planNode(explained.Plan);
  return { signature: signature(tree), indexes: indexesOf(tree), tree };
}

function planNode(node: ExplainedNode): PlanNode {
  const backward = node['Scan Direction'] === 'Backward' ? ' Backward' : '';
  return {
    type: node['Node Type'] + backward,
    ...(node['Relation Name'] && { relation: node['Relation Name'] }),
    ...(node['Index Name'] && { index: node['Index Name'] }),
    ...(node['Sort Key'] && { sortKey: node['Sort Key'] }),
    children: (node.Plans ?? []).map(planNode),
  };
}

/** Node types, relations, indexes and sort keys in tree order: equal for equal plans, whatever they cost. */
function signature({ type, relation, index, sortKey, children }: PlanNode): string {
  const names = [relation, index, sortKey?.join(', ')].filter((name) => name !== undefined);
  const own = names.length > 0 ? `${type}[${names.join(' | ')}]` : type;
  return children.length > 0 ? `${own}(${children.map(signature).join(', ')})` : own;
}

function indexesOf(node: PlanNode): string[] {
  const below = node.children.flatMap(indexesOf);
  return [...new Set(node.index ? [node.index, ...below] : below)];
}
