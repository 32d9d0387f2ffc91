import { z } from 'zod';
import { Estimate } from './estimate.ts';

const rows = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** Something of the source that the suite does not have, and why. */
export const LeftOut = z.strictObject({ object: z.string(), reason: z.string() });
export type LeftOut = z.infer<typeof LeftOut>;

/** How much of one table was copied, or made. */
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

/** Where a source looks up names without a schema. */
export const SearchPath = z.strictObject({
  /** Those that exist, in their order. */
  schemas: z.array(z.string()),
  /** Whose it is: `role app`, or `the URL`. */
  of: z.string(),
  /** Roles that ran statements and look names up elsewhere. */
  others: z.array(z.string()),
});
export type SearchPath = z.infer<typeof SearchPath>;

/** Whether it is what every database has. */
export const isUsual = ({ schemas, others }: SearchPath): boolean =>
  others.length === 0 && schemas.length === 1 && schemas[0] === 'public';

/** A dump that a source was restored from, as far as its header tells. */
export const DumpedFile = z.strictObject({
  /** Without its directory. */
  file: z.string(),
  /** Of the PostgreSQL that it was made of. */
  version: z.string().exactOptional(),
  /** Of the pg_dump that made it. */
  pgDump: z.string().exactOptional(),
});
export type DumpedFile = z.infer<typeof DumpedFile>;

/** What a suite made from somebody's database says of that database, and of what it does not have of it. */
export const SourceFacts = z.strictObject({
  postgresVersion: z.string(),
  /** Missing for a primary. */
  isStandby: z.literal(true).optional(),
  dumped: DumpedFile.exactOptional(),
  /** Of which the rows are made; without its directory. */
  snapshot: z.strictObject({ file: z.string() }).exactOptional(),
  /** Of a snapshot, when it was taken. ISO 8601, UTC. */
  readAt: z.string(),
  schemaBy: z.enum(['pg_dump', 'catalog']),
  /** Missing where it is `public` alone. */
  searchPath: SearchPath.optional(),
  tables: z.array(CopiedShare),
  leftOut: z.array(LeftOut),
  /** Of a cluster: the tables that lie on other nodes than its coordinator, too. */
  distributed: z.array(z.string()).exactOptional(),
  statements: z.strictObject({
    observed: rows,
    replayed: rows,
    /** What all shares here are parts of, over all statements that were observed. @default execution time */
    sharesOf: z.enum(['execution time', 'weight']).optional(),
    share,
    /** How long their calls were counted; missing where files said how often they are called. */
    countedHours: z.number().positive().optional(),
    leftOut: z.array(z.strictObject({ sql: z.string(), reason: z.string(), share })),
    /** What a call took there, for each replayed statement whose times are known. */
    times: z.array(z.strictObject({ sql: z.string(), meanMs: z.number().positive() })).optional(),
  }),
});
export type SourceFacts = z.infer<typeof SourceFacts>;
