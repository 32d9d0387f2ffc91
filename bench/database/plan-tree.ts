import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { isUserSchema, relationTextOf, rootOf } from './relations.ts';
import type { PlanNode, QueryPlan } from '../model/plan.ts';
import { relationText } from '../model/relation.ts';

/** What of a node as EXPLAIN (FORMAT JSON) prints it makes a plan. */
export interface ExplainedNode {
  'Node Type': string;
  /** With VERBOSE only. */
  Schema?: string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Sort Key'?: string[];
  'Scan Direction'?: string;
  Plans?: readonly ExplainedNode[];
}

/** The partitioned table or index that each partition is a part of. */
type Roots = ReadonlyMap<string, string>;

const ROOTS = `
  SELECT ${relationTextOf('n', 'c')} AS part, ${relationTextOf('rn', 'r')} AS root
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  JOIN pg_class r ON r.oid = ${rootOf('c.oid')}
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  WHERE c.relispartition`;

/**
 * A plan in which a partition goes by the name of its partitioned table or index, and partitions that are read in the
 * same way are one node.
 *
 * @param plain names the columns of sort keys as a reader does
 * @param verbose the same plan, with the schema of each table
 */
export async function queryPlan(
  connection: Connection,
  plain: ExplainedNode,
  verbose: ExplainedNode,
): Promise<QueryPlan> {
  const rows = await askCatalog<Record<'part' | 'root', string>>(connection, ROOTS);
  const tree = planNode(plain, verbose, new Map(rows.map(({ part, root }) => [part, root])), 'public');
  return { signature: signature(tree), indexes: indexesOf(tree), tree };
}

/** @param above schema of the table whose bitmap this node makes: EXPLAIN names it there only */
function planNode(node: ExplainedNode, verbose: ExplainedNode, roots: Roots, above: string): PlanNode {
  const { Schema: schema = above } = verbose;
  const named = (name: string): string => {
    const text = relationText({ schema, name });
    return roots.get(text) ?? text;
  };
  const backward = node['Scan Direction'] === 'Backward' ? ' Backward' : '';
  const children = (node.Plans ?? []).map((child, position) =>
    planNode(child, verbose.Plans?.[position] ?? child, roots, schema),
  );
  return {
    type: node['Node Type'] + backward,
    ...(node['Relation Name'] && { relation: named(node['Relation Name']) }),
    ...(node['Index Name'] && { index: named(node['Index Name']) }),
    ...(node['Sort Key'] && { sortKey: node['Sort Key'] }),
    children: node['Node Type'].endsWith('Append') ? folded(children) : children,
  };
}

/** Of neighbours that are equal only the first, with their number. */
function folded(children: readonly PlanNode[]): PlanNode[] {
  const kept: PlanNode[] = [];
  for (const child of children) {
    const last = kept.at(-1);
    if (last && signature(last) === signature(child)) last.partitions = (last.partitions ?? 1) + 1;
    else kept.push(child);
  }
  return kept;
}

/** Node types, relations, indexes and sort keys in tree order: equal for equal plans, whatever their costs. */
function signature({ type, relation, index, sortKey, children }: PlanNode): string {
  const names = [relation, index, sortKey?.join(', ')].filter((name) => name !== undefined);
  const own = names.length > 0 ? `${type}[${names.join(' | ')}]` : type;
  return children.length > 0 ? `${own}(${children.map(signature).join(', ')})` : own;
}

function indexesOf(node: PlanNode): string[] {
  const below = node.children.flatMap(indexesOf);
  return [...new Set(node.index ? [node.index, ...below] : below)];
}
