import type { Connection } from '../database/connection.ts';
import type { ReadCounters } from '../model/counters.ts';
import type { PlanNode, QueryPlan } from '../model/plan.ts';
import type { Parameter } from '../model/work-item.ts';

/** A node as EXPLAIN (FORMAT JSON) prints it; the rest of its keys are not looked at. */
interface ExplainedNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Sort Key'?: string[];
  'Scan Direction'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  'Temp Read Blocks': number;
  'Temp Written Blocks': number;
  'Heap Fetches'?: number;
  'Index Searches'?: number;
  Plans?: ExplainedNode[];
}

/** One execution explained: its plan, and what it did. */
export interface Explained {
  plan: QueryPlan;
  counters: ReadCounters;
}

/**
 * Runs a statement under EXPLAIN ANALYZE, once before without keeping anything: the first execution of a session
 * also reads catalogs, and PostgreSQL counts those blocks, too.
 */
export async function explain(
  connection: Connection,
  sql: string,
  parameters: readonly Parameter[],
): Promise<Explained> {
  const statement = `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${sql}`;
  await connection.query(statement, [...parameters]);
  const { rows } = await connection.query<{ 'QUERY PLAN': string }>(statement, [...parameters]);
  const [explained] = JSON.parse(rows[0]?.['QUERY PLAN'] ?? '[]') as { Plan: ExplainedNode }[];
  if (!explained) throw new Error('EXPLAIN returned no plan');
  const tree = planNode(explained.Plan);
  return {
    plan: { signature: signature(tree), indexes: indexesOf(tree), tree },
    counters: countersOf(explained.Plan),
  };
}

/** Block counts of a node include those of the nodes below it; fetches and searches are each node's own. */
function countersOf(top: ExplainedNode): ReadCounters {
  const nodes = withDescendants(top);
  const sum = (own: (node: ExplainedNode) => number | undefined): number =>
    nodes.reduce((total, node) => total + (own(node) ?? 0), 0);
  return {
    sharedBlocks: top['Shared Hit Blocks'] + top['Shared Read Blocks'],
    tempBlocks: top['Temp Read Blocks'] + top['Temp Written Blocks'],
    rows: Math.round(top['Actual Rows'] * top['Actual Loops']),
    heapFetches: sum((node) => node['Heap Fetches']),
    ...(nodes.some((node) => node['Index Searches'] !== undefined) && {
      indexSearches: sum((node) => node['Index Searches']),
    }),
  };
}

const withDescendants = (node: ExplainedNode): ExplainedNode[] => [
  node,
  ...(node.Plans ?? []).flatMap(withDescendants),
];

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
