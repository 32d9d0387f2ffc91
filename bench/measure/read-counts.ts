import {
  explanationsOf,
  plansElsewhere,
  tasksOf,
  withAllBelow,
  type Distributable,
  type Task,
} from '../database/cluster/distributed-query.ts';
import type { ClusterNode } from '../database/cluster/nodes.ts';
import type { ExplainedNode } from '../database/plan-tree.ts';
import { mean } from '../model/averages.ts';
import { spreadOf, type NodeReads } from '../model/cluster.ts';
import type { ReadCounters } from '../model/counters.ts';

/** A node as EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) prints it; other keys are ignored. */
export interface CountedNode
  extends Omit<ExplainedNode, keyof Distributable<unknown>>, Distributable<CountedNode> {
  'Actual Rows': number;
  'Actual Loops': number;
  /** Missing, as the next three, where Citus asks other nodes. */
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  'Temp Read Blocks'?: number;
  'Temp Written Blocks'?: number;
  'Heap Fetches'?: number;
  'Index Searches'?: number;
}

/**
 * The counts of one execution, all nodes together. The block counts of a node of a plan include those of its children; heap
 * fetches and index searches are each node's own.
 *
 * @param cluster the nodes that tasks may be on
 */
export function countersOf(top: CountedNode, cluster: readonly ClusterNode[]): ReadCounters {
  const nodes = withAllBelow(top);
  const sum = (own: (node: CountedNode) => number | undefined): number =>
    nodes.reduce((total, node) => total + (own(node) ?? 0), 0);
  const tasks = nodes.flatMap((node) => tasksOf(node));
  return {
    sharedBlocks: sharedBlocks(top),
    tempBlocks: tempBlocks(top),
    rows: Math.round(top['Actual Rows'] * top['Actual Loops']),
    heapFetches: sum((node) => node['Heap Fetches']),
    ...(nodes.some((node) => node['Index Searches'] !== undefined) && {
      indexSearches: sum((node) => node['Index Searches']),
    }),
    ...(tasks.length > 0 && {
      nodes: readsByNode(tasks, cluster),
      tasks: spreadOf(tasks.map(taskBlocks)),
    }),
  };
}

/** Above a distributed query PostgreSQL counts what Citus reads of its own catalogs: that is left out. */
const sharedBlocks = (node: CountedNode): number =>
  withAllBelow(node).some((below) => below['Distributed Query'])
    ? [...(node.Plans ?? []), ...plansElsewhere(node)].reduce((sum, plan) => sum + sharedBlocks(plan), 0)
    : (node['Shared Hit Blocks'] ?? 0) + (node['Shared Read Blocks'] ?? 0);

const tempBlocks = (top: CountedNode): number =>
  withAllBelow(top)
    .flatMap(plansElsewhere)
    .concat(top)
    .reduce((sum, plan) => sum + (plan['Temp Read Blocks'] ?? 0) + (plan['Temp Written Blocks'] ?? 0), 0);

const taskBlocks = (task: Task<CountedNode>): number =>
  explanationsOf(task).reduce((sum, { Plan }) => sum + sharedBlocks(Plan), 0);

const taskMs = (task: Task<CountedNode>): number =>
  explanationsOf(task).reduce(
    (sum, explained) => sum + (explained['Planning Time'] ?? 0) + (explained['Execution Time'] ?? 0),
    0,
  );

/** The mean of the tasks shown; undefined where there is none. */
export function taskPlanningMs(top: CountedNode): number | undefined {
  const times = withAllBelow(top)
    .flatMap(tasksOf)
    .flatMap(explanationsOf)
    .flatMap((explained) => explained['Planning Time'] ?? []);
  return times.length > 0 ? mean(times) : undefined;
}

function readsByNode(tasks: readonly Task<CountedNode>[], cluster: readonly ClusterNode[]): NodeReads[] {
  const nodeOf = ({ Node: place = '' }: Task<CountedNode>): string =>
    cluster.find(({ host, port }) => place.startsWith(`host=${host} port=${port} `))?.name ?? place;
  return [...new Set(tasks.map(nodeOf))].sort().map((node) => {
    const own = tasks.filter((task) => nodeOf(task) === node);
    const sum = (of: (task: Task<CountedNode>) => number): number =>
      own.reduce((total, task) => total + of(task), 0);
    return { node, tasks: own.length, sharedBlocks: sum(taskBlocks), serverMs: sum(taskMs) };
  });
}
