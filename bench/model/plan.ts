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
  children: PlanNode[];
}
export const PlanNode: z.ZodType<PlanNode> = z.strictObject({
  type: z.string(),
  relation: z.string().optional(),
  index: z.string().optional(),
  sortKey: z.array(z.string()).optional(),
  partitions: z.int().min(2).optional(),
  get children() {
    return z.array(PlanNode);
  },
});

/**
 * PostgreSQL's plan for one read on one arm. `signature` is equal for plans of the same shape: node types,
 * relations, indexes and sort keys, never costs. `indexes` lists every index read, outermost node first.
 */
export const QueryPlan = z.strictObject({
  signature: z.string(),
  indexes: z.array(z.string()),
  tree: PlanNode,
});
export type QueryPlan = z.infer<typeof QueryPlan>;

/** A plan in one line, its outermost node first: "Limit <- Sort <- Seq Scan of leads". */
export const outline = ({ type, index, relation, partitions, children }: PlanNode): string => {
  const source = index ?? relation;
  const own = source === undefined ? type : `${type} of ${source}`;
  const times = partitions === undefined ? '' : ` (${partitions} partitions)`;
  return [own + times, ...children.map(outline)].join(' <- ');
};

/** Both plans of one read; `candidateIndexes` are those of the candidate that the plan after uses. */
export const PlanComparison = z.strictObject({
  ...perArm(QueryPlan).shape,
  changed: z.boolean(),
  candidateIndexes: z.array(z.string()),
});
export type PlanComparison = z.infer<typeof PlanComparison>;
