import { askCatalog } from './ask-catalog.ts';
import {
  distributionOf,
  explanationsOf,
  subplansOf,
  tasksOf,
  type Distributable,
} from './cluster/distributed-query.ts';
import { listShards } from './cluster/shards.ts';
import type { Connection } from './connection.ts';
import { isUserSchema, relationTextOf, rootOf } from './relations.ts';
import type { PlanNode, QueryPlan } from '../model/plan.ts';
import { relationText } from '../model/relation.ts';

/** What of a node as EXPLAIN (FORMAT JSON) prints it makes a plan. */
export interface ExplainedNode extends Distributable<ExplainedNode> {
  'Node Type': string;
  'Custom Plan Provider'?: string;
  /** With VERBOSE only. */
  Schema?: string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Sort Key'?: string[];
  'Scan Direction'?: string;
}

/** The whole that each partition and each shard is a part of: a table or an index. */
type Roots = ReadonlyMap<string, string>;

const ROOTS = `
  SELECT ${relationTextOf('n', 'c')} AS part, ${relationTextOf('rn', 'r')} AS root
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  JOIN pg_class r ON r.oid = ${rootOf('c.oid')}
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  WHERE c.relispartition`;

/**
 * A plan in which a partition or a shard goes by the name of the whole table or index, and partitions that are read in the
 * same way are one node, as are tasks of a distributed query that have the same plan.
 *
 * @param plain names the columns of sort keys as a reader does
 * @param verbose the same plan, with the schema of each table
 */
export const queryPlan = async (
  connection: Connection,
  plain: ExplainedNode,
  verbose: ExplainedNode,
): Promise<QueryPlan> => planFrom(plain, verbose, await readRoots(connection));

/** The same, where it is known what is a part of what. */
export function planFrom(plain: ExplainedNode, verbose: ExplainedNode, roots: Roots): QueryPlan {
  const tree = planNode(plain, verbose, roots, 'public');
  const distributed = distributionOf(plain);
  return { signature: signature(tree), indexes: indexesOf(tree), tree, ...(distributed && { distributed }) };
}

async function readRoots(connection: Connection): Promise<Roots> {
  const partitions = await askCatalog<Record<'part' | 'root', string>>(connection, ROOTS);
  const shards = await listShards(connection);
  return new Map([
    ...partitions.map(({ part, root }) => [part, root] as const),
    ...Array.from(shards, ([part, { of }]) => [part, of] as const),
  ]);
}

/** @param above schema of the table whose bitmap this node makes: EXPLAIN names it there only */
function planNode(node: ExplainedNode, verbose: ExplainedNode, roots: Roots, above: string): PlanNode {
  const { Schema: schema = above } = verbose;
  const named = (name: string): string => {
    const text = relationText({ schema, name });
    return roots.get(text) ?? text;
  };
  const convert = (nodes: readonly ExplainedNode[], verboseNodes: readonly ExplainedNode[]): PlanNode[] =>
    nodes.map((child, position) => planNode(child, verboseNodes[position] ?? child, roots, schema));
  const children = convert(node.Plans ?? [], verbose.Plans ?? []);
  return {
    type: typeOf(node),
    ...(node['Relation Name'] && { relation: named(node['Relation Name']) }),
    ...(node['Index Name'] && { index: named(node['Index Name']) }),
    ...(node['Sort Key'] && { sortKey: node['Sort Key'] }),
    children: [
      ...(node['Node Type'].endsWith('Append') ? folded(children) : children),
      ...convert(subplansOf(node), subplansOf(verbose)).map(asSubplan),
      ...asTasks(convert(taskPlans(node), taskPlans(verbose)), node['Distributed Query']?.Job['Task Count']),
    ],
  };
}

const typeOf = (node: ExplainedNode): string => {
  const provider = node['Distributed Query'] ? ` (${node['Custom Plan Provider'] ?? 'Citus'})` : '';
  const backward = node['Scan Direction'] === 'Backward' ? ' Backward' : '';
  return node['Node Type'] + provider + backward;
};

const asSubplan = (plan: PlanNode): PlanNode => ({ type: 'Distributed Subplan', children: [plan] });

const taskPlans = (node: ExplainedNode): ExplainedNode[] =>
  tasksOf(node).flatMap((task) => explanationsOf(task).map(({ Plan }) => Plan));

/**
 * Of tasks with equal plans one, with their number. They are put into an order of their own: which shard comes first says
 * nothing.
 *
 * @param count of all tasks, where EXPLAIN shows one of them
 */
function asTasks(plans: readonly PlanNode[], count = plans.length): PlanNode[] {
  const kept = new Map<string, PlanNode>();
  for (const plan of plans) {
    const tasks = (kept.get(signature(plan))?.tasks ?? 0) + (plans.length === 1 ? count : 1);
    kept.set(signature(plan), { ...plan, tasks });
  }
  return [...kept].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, plan]) => plan);
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
