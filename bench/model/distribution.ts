import { z } from 'zod';

/** Where the rows of a table of a cluster are. */
const Placement = z.discriminatedUnion('state', [
  /** Each row on the node of its shard, which the value of a column decides. */
  z.strictObject({ state: z.literal('distributed'), column: z.string(), shards: z.int().positive() }),
  /** All of them on every node. */
  z.strictObject({ state: z.literal('reference') }),
  /** All of them on the coordinator. */
  z.strictObject({ state: z.literal('local') }),
]);

/** A constraint or unique index that a cluster cannot have as the migrations make it: one of them is missing if it has no other form. */
const ChangedRule = z.strictObject({
  table: z.string(),
  name: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type ChangedRule = z.infer<typeof ChangedRule>;

/** How the tables of a suite are spread over the nodes of a cluster. */
export const Distribution = z.strictObject({
  tables: z.array(z.strictObject({ table: z.string(), placement: Placement })),
  changed: z.array(ChangedRule),
});
export type Distribution = z.infer<typeof Distribution>;
