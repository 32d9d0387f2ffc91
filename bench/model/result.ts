import { z } from 'zod';
import { Baseline, perArm } from './arm.ts';
import { Candidate } from './candidate.ts';
import { ClaimResult } from './claim.ts';
import { Distribution } from './distribution.ts';
import { NodeSizes, Spread } from './cluster.ts';
import { CanaryResult, ReadResult, WriteResult } from './item-result.ts';
import { ChargedWrite, Ledger } from './ledger.ts';
import { Likeness } from './likeness.ts';
import { LongRun } from './long-run.ts';
import { Migration } from './migration.ts';
import { Warning } from './outcome.ts';
import { Pair } from './pair.ts';
import { JudgedRound } from './round.ts';
import { Environment, Run } from './run.ts';
import { SourceFacts, SourceTime } from './source.ts';
import { Times } from './times.ts';
import { TwoServers } from './two-servers.ts';

export const SCHEMA_VERSION = 3;

const bytes = z.int().nonnegative();
const seconds = z.number().nonnegative();

const DatasetTable = z.strictObject({
  table: z.string(),
  rows: z.int().nonnegative(),
  bytes,
  sha256: z.string(),
  seconds,
});

export const Dataset = z.strictObject({
  tables: z.array(DatasetTable),
  /** Of a cluster; missing where one machine holds everything. */
  distribution: Distribution.exactOptional(),
  /** Tables that got more rows than the scale asked for, and why. */
  raised: z.array(z.strictObject({ table: z.string(), from: z.int(), to: z.int(), reason: z.string() })),
});
export type Dataset = z.infer<typeof Dataset>;

const ownBytes = { tableBytes: bytes, indexBytes: bytes };

/**
 * Bytes on disk of one table or materialized view and its indexes. `tableBytes` includes TOAST and the maps. A
 * partitioned one is the sum of its partitions; an index of all of them counts as one.
 */
export const TableStorage = z.strictObject({
  baseline: Baseline,
  table: z.string(),
  ...perArm(z.strictObject({ ...ownBytes, indexes: z.int().nonnegative() })).shape,
  partitions: z
    .array(z.strictObject({ table: z.string(), ...perArm(z.strictObject(ownBytes)).shape }))
    .optional(),
  /** On a cluster, whose sums the figures above are: what each node has. */
  nodes: perArm(z.array(NodeSizes)).optional(),
  /** Bytes of a shard with its indexes; each copy of a reference table is one. */
  shards: perArm(Spread).optional(),
});
export type TableStorage = z.infer<typeof TableStorage>;

/** One write from so many sessions at once; `estimate` is the overhead of the time that a write takes of the whole. */
export const Concurrency = z.strictObject({
  title: z.string(),
  baseline: Baseline,
  writers: z.int().positive(),
  pairs: z.array(Pair),
  ...Times.shape,
});
export type Concurrency = z.infer<typeof Concurrency>;

const sizedIndex = z.strictObject({ name: z.string(), bytes });

/** What came of statements that should make an index: what it made and dropped, or PostgreSQL's own words. */
const AttemptedIndex = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('created'),
    sql: z.string(),
    made: z.array(sizedIndex.extend({ buildMs: z.number().nonnegative() })),
    dropped: z.array(sizedIndex),
  }),
  z.strictObject({ state: z.literal('refused'), sql: z.string(), message: z.string() }),
]);
export type AttemptedIndex = z.infer<typeof AttemptedIndex>;

/** An index that the document proposes for later; reads and writes compare its nearest form to doing without. */
export const OpportunityResult = z.strictObject({
  title: z.string(),
  table: z.string(),
  asWritten: AttemptedIndex,
  nearest: AttemptedIndex,
  reads: z.array(ReadResult),
  writes: z.array(ChargedWrite),
});
export type OpportunityResult = z.infer<typeof OpportunityResult>;

/** Everything a run found out: the content of result.json, from which every report is made. */
export const Result = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  run: Run,
  /** The verdict in sentences, most important first. */
  summary: z.array(z.string()),
  /** Missing while nothing has been measured. */
  migration: Migration.optional(),
  environment: Environment,
  /** Missing where both arms are on one server. */
  servers: TwoServers.exactOptional(),
  dataset: Dataset,
  /** The database that the suite was read from, where it was. */
  source: SourceFacts.optional(),
  /** Missing in older results. */
  sourceTimes: z.array(SourceTime).optional(),
  /** Of a database whose rows are made from a snapshot: how far it is like the snapshot's. */
  likeness: Likeness.exactOptional(),
  candidate: Candidate,
  reads: z.array(ReadResult),
  writes: z.array(WriteResult),
  canaries: z.array(CanaryResult),
  /** In the order in which they were measured. */
  rounds: z.array(JudgedRound),
  concurrency: z.array(Concurrency),
  /** Under `--workload full`, on the first baseline; missing in older results. */
  longRun: LongRun.optional(),
  storage: z.array(TableStorage),
  /** Each index's own account, under `--workload full`. */
  ledger: Ledger.optional(),
  opportunities: z.array(OpportunityResult),
  claims: z.array(ClaimResult),
  warnings: z.array(Warning),
});
export type Result = z.infer<typeof Result>;
