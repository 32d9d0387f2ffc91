import type { Distributed } from '../../model/plan.ts';

/** What Citus adds to a Custom Scan in EXPLAIN (FORMAT JSON) (multi_explain.c). */
interface DistributedQuery<Node> {
  /** Carried out before the job: their rows are sent to the nodes that need them. */
  Subplans?: readonly { PlannedStmt: readonly { Plan: Node }[] }[];
  Job: {
    'Task Count': number;
    /** One of them, unless `citus.explain_all_tasks` is on; missing where rows are repartitioned. */
    Tasks?: readonly Task<Node>[];
  };
}

/** What one node is asked for. */
export interface Task<Node> {
  /** `host=10.0.0.2 port=5432 dbname=shop`. */
  Node?: string;
  'Remote Plan'?: readonly (readonly RemoteExplanation<Node>[])[];
}

/** As the node's own EXPLAIN says; times in milliseconds. */
export interface RemoteExplanation<Node> {
  Plan: Node;
  'Planning Time'?: number;
  'Execution Time'?: number;
}

/** A node of a plan that may stand for a query of other nodes. */
export interface Distributable<Node> {
  'Distributed Query'?: DistributedQuery<Node>;
  Plans?: readonly Node[];
}

/** The tasks of one node of a plan, those of its subplans apart. */
export const tasksOf = <Node>({ 'Distributed Query': query }: Distributable<Node>): readonly Task<Node>[] =>
  query?.Job.Tasks ?? [];

export const explanationsOf = <Node>(task: Task<Node>): readonly RemoteExplanation<Node>[] =>
  (task['Remote Plan'] ?? []).flat();

export const subplansOf = <Node>({ 'Distributed Query': query }: Distributable<Node>): Node[] =>
  (query?.Subplans ?? []).flatMap(({ PlannedStmt }) => PlannedStmt.map(({ Plan }) => Plan));

/** The plans of what the nodes do for this one, subplans first. */
export const plansElsewhere = <Node>(node: Distributable<Node>): Node[] => [
  ...subplansOf(node),
  ...tasksOf(node)
    .flatMap(explanationsOf)
    .map(({ Plan }) => Plan),
];

/** A node with all nodes below it, on this server and elsewhere. */
export const withAllBelow = <Node extends Distributable<Node>>(node: Node): Node[] => [
  node,
  ...(node.Plans ?? []).flatMap(withAllBelow),
  ...plansElsewhere(node).flatMap(withAllBelow),
];

/** What a whole plan asks of other nodes; undefined where it asks for nothing. */
export function distributionOf<Node extends Distributable<Node>>(top: Node): Distributed | undefined {
  const scans = withAllBelow(top).flatMap(({ 'Distributed Query': query }) => query ?? []);
  if (scans.length === 0) return undefined;
  const tasks = scans.reduce((sum, { Job }) => sum + Job['Task Count'], 0);
  const subplans = scans.reduce((sum, { Subplans = [] }) => sum + Subplans.length, 0);
  const execution = scans.some(({ Job }) => !Job.Tasks)
    ? 'repartition'
    : tasks > scans.length
      ? 'fan-out'
      : 'router';
  return { execution, tasks, ...(subplans > 0 && { subplans }) };
}
