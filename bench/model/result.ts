import { z } from 'zod';
import { Baseline, perArm } from './arm.ts';
import { Answers, ReadCounters, WriteCounters } from './counters.ts';
import { ClaimResult } from './claim.ts';
import { Estimate, Verdict } from './estimate.ts';
import { Failure, Warning } from './outcome.ts';
import { Pair } from './pair.ts';
import { ChargedWrite, Ledger } from './ledger.ts';
import { Migration } from './migration.ts';
import { PlanComparison } from './plan.ts';
import { JudgedRound } from './round.ts';
import { Environment, Run } from './run.ts';
import { Reproducibility, Times } from './times.ts';
import { WriteOperation } from './work-item.ts';

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
  /** Tables that got more rows than the scale asked for, and why. */
  raised: z.array(z.strictObject({ table: z.string(), from: z.int(), to: z.int(), reason: z.string() })),
});
export type Dataset = z.infer<typeof Dataset>;

export const CandidateIndex = z.strictObject({
  name: z.string(),
  table: z.string(),
  /** As `pg_get_indexdef` prints it. */
  definition: z.string(),
  bytes,
  /** On every baseline, as the catalog has it. */
  isValid: z.boolean(),
  /** Time that CREATE INDEX took, the mean over the baselines it was built on. */
  buildMs: z.number().nonnegative(),
  builds: z.array(z.strictObject({ baseline: Baseline, buildMs: z.number().nonnegative() })),
});
export type CandidateIndex = z.infer<typeof CandidateIndex>;

/**
 * One statement of the migration, as it was carried out on the arm `after`. `locks` are those that it took on tables that
 * were there before, and kept until the end of its transaction; a statement outside of one has given them back.
 */
export const AppliedStatement = z.strictObject({
  sql: z.string(),
  ms: z.number().nonnegative(),
  locks: z.array(z.strictObject({ table: z.string(), mode: z.string() })),
  /** Tables whose rows were all written anew. */
  rewritten: z.array(z.string()),
});
export type AppliedStatement = z.infer<typeof AppliedStatement>;

const DroppedIndex = z.strictObject({ name: z.string(), table: z.string(), definition: z.string(), bytes });

export const Candidate = z.strictObject({
  name: z.string(),
  indexes: z.array(CandidateIndex),
  /** On the first baseline that was measured, as `statements`. */
  dropped: z.array(DroppedIndex).optional(),
  statements: z.array(AppliedStatement).optional(),
});
export type Candidate = z.infer<typeof Candidate>;

const item = {
  id: z.string(),
  title: z.string(),
  baseline: Baseline,
  sql: z.string(),
  /** How often it is called beside the other reads, or writes, of the mix; 0: it is no part of the mix. */
  weight: z.number().nonnegative(),
};
const failed = { state: z.literal('failed'), error: Failure };

/** By what factor before / after, the median over pairs, changes from the first third of the pairs to the last. */
const drift = z.number().nonnegative();

/** The times are those that the client saw; the verdict rests on their ratio. */
const measured = {
  state: z.literal('measured'),
  pairs: z.array(Pair),
  ...Times.shape,
  /** As the server saw it: planning and execution, without client and commit. Missing where it does not tell. */
  server: Times.optional(),
  /** Missing where the pairs are not from several rounds. */
  reproducibility: Reproducibility.optional(),
  /** The same ratio over the quieter half of the rounds. */
  quietRounds: Estimate.optional(),
  drift,
  /** Two-sided t test that the ratio is 1, before any adjustment for the number of rows. */
  pValue: z.number().min(0).max(1),
  verdict: Verdict,
  warnings: z.array(Warning),
};

/** The same read with nothing of its database in shared buffers; the operating system may still hold it. */
const BufferColdResult = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('measured'), pairs: z.array(Pair), ...Times.shape }),
  z.strictObject(failed),
]);
export type BufferColdResult = z.infer<typeof BufferColdResult>;

/** The same read as a prepared statement whose plan has to do for any values of its parameters. */
const GenericPlanResult = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('measured'),
    pairs: z.array(Pair),
    ...Times.shape,
    server: Times.optional(),
    plans: PlanComparison,
  }),
  z.strictObject(failed),
]);
export type GenericPlanResult = z.infer<typeof GenericPlanResult>;

const read = { ...item, source: z.string(), parameters: z.array(z.string().nullable()) };

/** `estimate` is the speedup, before / after: more than 1 is faster. */
export const MeasuredRead = z.strictObject({
  ...read,
  ...measured,
  plans: PlanComparison,
  counters: perArm(ReadCounters),
  /** What planning takes, as EXPLAIN times it; its `estimate` is an overhead, after / before - 1. */
  planning: Times.optional(),
  answers: Answers,
  /** Of a read with parameters. */
  generic: GenericPlanResult.optional(),
  bufferCold: BufferColdResult.optional(),
});
export type MeasuredRead = z.infer<typeof MeasuredRead>;
export const ReadResult = z.discriminatedUnion('state', [
  MeasuredRead,
  z.strictObject({ ...read, ...failed }),
]);
export type ReadResult = z.infer<typeof ReadResult>;

const write = { ...item, table: z.string(), operation: WriteOperation };

/** `estimate` is the overhead, after / before - 1: more than 0 is slower. */
export const MeasuredWrite = z.strictObject({
  ...write,
  ...measured,
  /** Exact, taken apart from the timed executions. Missing where the server does not count. */
  counters: perArm(WriteCounters).optional(),
  /** With `synchronous_commit` off: what the client waits for is then the server's work alone. */
  asynchronous: z.strictObject({ pairs: z.array(Pair), ...Times.shape }).optional(),
});
export type MeasuredWrite = z.infer<typeof MeasuredWrite>;
export const WriteResult = z.discriminatedUnion('state', [
  MeasuredWrite,
  z.strictObject({ ...write, ...failed }),
]);
export type WriteResult = z.infer<typeof WriteResult>;

const canary = { id: z.string(), title: z.string(), baseline: Baseline };

/**
 * An item between two copies without the candidate. `estimate` is before / after with a 99 % interval, which
 * `isQuiet` says to lie within [0.95, 1.05].
 */
const CanaryResult = z.discriminatedUnion('state', [
  z.strictObject({
    ...canary,
    state: z.literal('measured'),
    pairs: z.array(Pair),
    ...Times.shape,
    drift,
    isQuiet: z.boolean(),
  }),
  z.strictObject({ ...canary, ...failed }),
]);
export type CanaryResult = z.infer<typeof CanaryResult>;

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
  dataset: Dataset,
  candidate: Candidate,
  reads: z.array(ReadResult),
  writes: z.array(WriteResult),
  canaries: z.array(CanaryResult),
  /** In the order in which they were measured. */
  rounds: z.array(JudgedRound),
  concurrency: z.array(Concurrency),
  storage: z.array(TableStorage),
  /** Each index's own account, under `--workload full`. */
  ledger: Ledger.optional(),
  opportunities: z.array(OpportunityResult),
  claims: z.array(ClaimResult),
  warnings: z.array(Warning),
});
export type Result = z.infer<typeof Result>;
