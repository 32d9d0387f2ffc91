import { z } from 'zod';

const rows = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** Something of the source that the suite does not have, and why. */
export const LeftOut = z.strictObject({ object: z.string(), reason: z.string() });
export type LeftOut = z.infer<typeof LeftOut>;

/** How much of one table was copied. */
export const CopiedShare = z.strictObject({ table: z.string(), rows, copiedRows: rows });
export type CopiedShare = z.infer<typeof CopiedShare>;

/** What a suite made from somebody's database says of that database, and of what it does not have of it. */
export const SourceFacts = z.strictObject({
  postgresVersion: z.string(),
  /** ISO 8601, UTC. */
  readAt: z.string(),
  schemaBy: z.enum(['pg_dump', 'catalog']),
  tables: z.array(CopiedShare),
  leftOut: z.array(LeftOut),
  statements: z.strictObject({
    observed: rows,
    replayed: rows,
    /** Of the execution time of all that were observed. */
    share,
    leftOut: z.array(z.strictObject({ sql: z.string(), reason: z.string(), share })),
  }),
});
export type SourceFacts = z.infer<typeof SourceFacts>;
