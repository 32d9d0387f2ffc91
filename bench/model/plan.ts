import { z } from 'zod';
import { perArm } from './arm.ts';

/** One node of a query plan: what a reader needs to recognise it, and nothing that varies from run to run. */
export interface PlanNode {
  type: string;
  relation?: string | undefined;
  index?: string | undefined;
  sortKey?: string[] | undefined;
  /** So many partitions are read in this way; missing for one. */
  partitions?: number | undefined;
  /** So many tasks of a distributed query have this plan; missing where it is no task. */
  tasks?: number | undefined;
  children: PlanNode[];
}
export const PlanNode: z.ZodType<PlanNode> = z.strictObject({
  type: z.string(),
  relation: z.string().optional(),
  index: z.string().optional(),
  sortKey: z.array(z.string()).optional(),
  partitions: z.int().min(2).optional(),
  tasks: z.int().min(1).optional(),
  get children() {
    return z.array(PlanNode);
  },
});

/**
 * How Citus carries a query out: `router`: as one task, on one node; `fan-out`: as a task for each shard that it needs;
 * `repartition`: rows are distributed anew before they are joined, and EXPLAIN shows no task. Missing where no node is asked.
 */
export const Distributed = z.strictObject({
  execution: z.enum(['router', 'fan-out', 'repartition']),
  tasks: z.int().nonnegative(),
  /** Carried out before it: their rows go to every node that needs them. */
  subplans: z.int().positive().optional(),
});
export type Distributed = z.infer<typeof Distributed>;

/**
 * PostgreSQL's plan for one read on one arm. `signature` is equal for plans of the same shape: node types,
 * relations, indexes and sort keys, never costs. `indexes` lists every index read, outermost node first.
 */
export const QueryPlan = z.strictObject({
  signature: z.string(),
  indexes: z.array(z.string()),
  tree: PlanNode,
  distributed: Distributed.exactOptional(),
});
export type QueryPlan = z.infer<typeof QueryPlan>;

/** A plan in one line, its outermost node first: "Limit <- Sort <- Seq Scan of leads". */
export const outline = (node: PlanNode): string => {
  const source = node.index ?? node.relation;
  const own = source === undefined ? node.type : `${node.type} of ${source}`;
  return [own + timesText(node), ...node.children.map(outline)].join(' <- ');
};

/** " (4 partitions)": how much of a table or a query a node stands for, where it is not one alone. */
export const timesText = ({ partitions, tasks }: PlanNode): string =>
  [
    ...(tasks === undefined ? [] : [tasks === 1 ? ' (1 task)' : ` (${tasks} tasks)`]),
    ...(partitions === undefined ? [] : [` (${partitions} partitions)`]),
  ].join('');

/** Both plans of one read; `candidateIndexes` are those of the candidate that the plan after uses. */
export const PlanComparison = z.strictObject({
  ...perArm(QueryPlan).shape,
  changed: z.boolean(),
  candidateIndexes: z.array(z.string()),
});
export type PlanComparison = z.infer<typeof PlanComparison>;
