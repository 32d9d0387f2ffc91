import { z } from 'zod';
import { Estimate } from './estimate.ts';

const rows = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** Something of the source that the suite does not have, and why. */
export const LeftOut = z.strictObject({ object: z.string(), reason: z.string() });
export type LeftOut = z.infer<typeof LeftOut>;

/** How much of one table was copied. */
export const CopiedShare = z.strictObject({ table: z.string(), rows, copiedRows: rows });
export type CopiedShare = z.infer<typeof CopiedShare>;

/** A statement's time in the source beside its time in the run, without the candidate. */
export const SourceTime = z.strictObject({
  sql: z.string(),
  /** The mean of a call in the source. */
  meanMs: z.number().positive(),
  /** The mean over the statement's keys, each as often as it weighs. */
  hereMs: Estimate,
  /** Too far from the source to be the same work. */
  isUnlike: z.boolean(),
});
export type SourceTime = z.infer<typeof SourceTime>;

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
    /** What a call took there, for each replayed statement whose times are known. */
    times: z.array(z.strictObject({ sql: z.string(), meanMs: z.number().positive() })).optional(),
  }),
});
export type SourceFacts = z.infer<typeof SourceFacts>;
