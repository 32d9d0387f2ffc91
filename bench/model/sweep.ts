import { z } from 'zod';
import { Baseline } from './arm.ts';
import { Crossover } from './crossover.ts';
import { Estimate, Verdict } from './estimate.ts';
import { Failure } from './outcome.ts';
import { Machine, RunOutcome } from './run.ts';

/** Of sweep.json; another number than a result's, so that neither is taken for the other. */
export const SWEEP_VERSION = 1;

const bytes = z.int().nonnegative();
const rows = z.int().nonnegative();
const duration = z.number().nonnegative();

/** The plan of one read at one scale, with and without the candidate. */
export const SweptPlan = z.strictObject({
  read: z.string(),
  title: z.string(),
  baseline: Baseline,
  /** Whether the candidate gives it another plan. */
  changed: z.boolean(),
  /** Indexes of the candidate that the plan after uses. */
  candidateIndexes: z.array(z.string()),
  /** Tables that the plan before reads. */
  tables: z.array(z.string()),
});
export type SweptPlan = z.infer<typeof SweptPlan>;

/** Builds of one index of the candidate, one after another on one copy: only the first reads cold pages, and is left out. */
export const SweptIndex = z.strictObject({
  index: z.string(),
  table: z.string(),
  baseline: Baseline,
  bytes,
  builds: z.array(z.strictObject({ buildMs: duration, walBytes: bytes })).min(1),
});
export type SweptIndex = z.infer<typeof SweptIndex>;

const timed = {
  id: z.string(),
  title: z.string(),
  baseline: Baseline,
};

/** One read or write as the run at this scale has timed it: `estimate` is a speedup, or an overhead. */
export const SweptTimes = z.discriminatedUnion('state', [
  z.strictObject({
    ...timed,
    state: z.literal('measured'),
    beforeMs: duration,
    afterMs: duration,
    estimate: Estimate,
    verdict: Verdict,
    /** Whether its run was noisy. */
    isNoisy: z.boolean(),
  }),
  z.strictObject({ ...timed, state: z.literal('failed'), error: Failure }),
]);
export type SweptTimes = z.infer<typeof SweptTimes>;

/** What was found at one scale. */
export const SweepPoint = z.strictObject({
  scale: z.number().positive(),
  tables: z.array(z.strictObject({ table: z.string(), rows, bytes })),
  plans: z.array(SweptPlan),
  indexes: z.array(SweptIndex),
  /** Missing where no statement was timed. */
  run: z.strictObject({ id: z.string(), reads: z.array(SweptTimes), writes: z.array(SweptTimes) }).optional(),
});
export type SweepPoint = z.infer<typeof SweepPoint>;

/** The largest scale, predicted from the others. The interval is missing where these are too few to tell how well they fit. */
const Checked = z.strictObject({
  rows,
  predicted: z.number(),
  interval: Estimate.optional(),
  measured: z.number(),
});
export type Checked = z.infer<typeof Checked>;

/** A figure of one index as a function of its table's rows. */
export const Growth = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('fitted'),
    /** At `--predict`; missing where nobody asks. */
    predicted: Estimate.optional(),
    /** Missing where one other scale is all there is. */
    check: Checked.optional(),
  }),
  z.strictObject({ state: z.literal('not fitted'), reason: z.string() }),
]);
export type Growth = z.infer<typeof Growth>;

/** How one index grows on one baseline: milliseconds of a build, its bytes and WAL bytes. */
export const IndexGrowth = z.strictObject({
  index: z.string(),
  table: z.string(),
  baseline: Baseline,
  /** At the largest scale: of several builds the median. */
  largest: z.strictObject({ rows, buildMs: duration, bytes, walBytes: bytes }),
  /** Of its table, that the figures are predicted at. */
  predictedRows: rows.optional(),
  build: Growth,
  bytes: Growth,
  wal: Growth,
  /** What is different at the predicted size, in words: "the build sorts on disk". */
  crosses: z.array(z.string()),
});
export type IndexGrowth = z.infer<typeof IndexGrowth>;

/** Everything a sweep found out: the content of sweep.json, from which its reports are made. */
export const Sweep = z.strictObject({
  sweepVersion: z.literal(SWEEP_VERSION),
  /** Names its directory. */
  id: z.string().regex(/^\w[\w.-]{0,99}$/),
  startedAt: z.iso.datetime(),
  outcome: RunOutcome,
  command: z.string(),
  /** Flags that ask for the same sweep again. */
  flags: z.array(z.string()),
  /** SHA-256 of what is measured: a sweep that goes on has to find the same. */
  sources: z.record(z.string(), z.string()),
  suite: z.strictObject({ name: z.string(), title: z.string() }),
  candidate: z.string(),
  baselines: z.array(Baseline),
  seed: z.int(),
  /** As they were asked for, ascending. */
  scales: z.array(z.number().positive()),
  /** What `--predict` asks for: rows of the largest table, and the scale at which it has them. */
  predict: z.strictObject({ table: z.string(), rows, scale: z.number().positive() }).optional(),
  environment: z
    .strictObject({
      target: z.string(),
      workers: z.int().positive().exactOptional(),
      postgresVersion: z.string(),
      machine: Machine.optional(),
      settings: z.record(z.string(), z.string()),
    })
    .optional(),
  /** Scales visited beyond these, to find crossovers. */
  steps: z.int().nonnegative(),
  /** Ascending. */
  points: z.array(SweepPoint),
  /** A run that has begun and not ended. */
  begun: z.strictObject({ scale: z.number().positive(), run: z.string() }).optional(),
  crossovers: z.array(Crossover),
  growths: z.array(IndexGrowth),
});
export type Sweep = z.infer<typeof Sweep>;
