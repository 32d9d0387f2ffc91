import { z } from 'zod';
import { Baseline, perArm } from '../model/arm.ts';
import { Answers, ReadCounters, WriteCounters } from '../model/counters.ts';
import { Disturbance } from '../model/disturbance.ts';
import { Builds, IndexEffect, Ledger, Redundancy } from '../model/ledger.ts';
import { Between } from '../model/measurement.ts';
import { LongRun } from '../model/long-run.ts';
import { Failure, Warning } from '../model/outcome.ts';
import { Pair } from '../model/pair.ts';
import { PlanComparison } from '../model/plan.ts';
import { Candidate } from '../model/candidate.ts';
import { Concurrency, Dataset, OpportunityResult, TableStorage } from '../model/result.ts';
import { Round } from '../model/round.ts';
import { RoundExecutions } from '../model/tails.ts';
import { SourceFacts } from '../model/source.ts';
import { Environment, Run } from '../model/run.ts';
import { ServerPair } from '../model/two-servers.ts';
import { WriteOperation } from '../model/work-item.ts';

/** What a report says of an item. The suite has the rest, as long as the fingerprint is the same. */
const item = {
  id: z.string(),
  title: z.string(),
  weight: z.number().nonnegative(),
  sql: z.string(),
  /** Its fingerprint. */
  sha256: z.string(),
};
const ReadItem = z.object({ ...item, source: z.string() });
const WriteItem = z.object({ ...item, table: z.string(), operation: WriteOperation });

const timed = {
  pairs: z.array(Pair),
  disturbances: z.array(Disturbance),
  executions: z.array(RoundExecutions).exactOptional(),
};

/** An item that was measured, or failed. Both have `known`. */
const outcomeOf = <Known extends z.core.$ZodLooseShape, Shape extends z.core.$ZodLooseShape>(
  known: Known,
  shape: Shape,
) =>
  z.discriminatedUnion('state', [
    z.object({ ...known, state: z.literal('measured'), ...shape }),
    z.object({ ...known, state: z.literal('failed'), error: Failure }),
  ]);

const readParameters = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]));
const KeptRead = outcomeOf(
  { item: ReadItem, baseline: Baseline, parameters: readParameters },
  {
    ...timed,
    answers: Answers,
    plans: PlanComparison,
    counters: perArm(ReadCounters),
    planning: z.array(perArm(z.number())),
    taskPlanning: z.array(perArm(z.number())).exactOptional(),
    generic: z
      .union([
        outcomeOf({}, { ...timed, plans: PlanComparison }),
        z.object({ state: z.literal('same plan'), plans: PlanComparison }),
      ])
      .exactOptional(),
    bufferCold: outcomeOf({}, timed).exactOptional(),
  },
);

const KeptWrite = outcomeOf(
  { item: WriteItem, baseline: Baseline },
  {
    ...timed,
    counters: perArm(WriteCounters).optional(),
    asynchronous: z.object(timed).optional(),
  },
);

const KeptFacts = z.object({
  name: z.string(),
  table: z.string(),
  definition: z.string(),
  bytes: z.int().nonnegative(),
  builds: Builds,
  usedBy: z.array(z.string()),
  isExercised: z.boolean(),
  alone: IndexEffect,
  last: IndexEffect,
  finally: IndexEffect.exactOptional(),
  redundant: z.array(Redundancy),
  kinship: z.object({
    redundant: z.array(Redundancy.pick({ name: true, relation: true })),
    coveredBy: z.string().optional(),
    extendedBy: z.string().optional(),
  }),
});

const KeptCanary = outcomeOf({ item: z.object(item), baseline: Baseline }, timed);

const KeptYardstick = outcomeOf(
  {
    item: z.object({ ...item, source: z.string() }).omit({ sha256: true }),
    baseline: Baseline,
    between: Between,
  },
  timed,
);

interface OnBaseline {
  item: { id: string };
  baseline: Baseline;
}
const isOnce = (kept: readonly OnBaseline[]): boolean =>
  new Set(kept.map(({ item, baseline }) => `${baseline} ${item.id}`)).size === kept.length;
const eachOnce = <Kept extends z.ZodType<OnBaseline>>(measurement: Kept) =>
  z.array(measurement).refine(isOnce, 'an item is there twice on the same baseline');

const KeptMeasurements = z.object({
  reads: eachOnce(KeptRead),
  writes: eachOnce(KeptWrite),
  canaries: eachOnce(KeptCanary),
  yardsticks: eachOnce(KeptYardstick),
  concurrency: z.array(Concurrency),
  longRuns: z.array(LongRun),
  opportunities: z.array(OpportunityResult),
  /** Of each index that has been looked into so far. */
  facts: z.array(KeptFacts),
  rounds: z.array(Round),
});
export type KeptMeasurements = z.infer<typeof KeptMeasurements>;

/** The suite's input beside its reads and writes: SHA-256 of its files, and the id of the concurrent write. */
const Sources = z.object({
  candidate: z.string(),
  migrations: z.string(),
  ageing: z.string(),
  opportunities: z.string(),
  concurrentWrite: z.string().exactOptional(),
});
export type Sources = z.infer<typeof Sources>;

/** A run that has not come to its end: all that is needed to continue it, and to report what it has measured. */
export const Unfinished = z.object({
  /** Of index-impact. */
  version: z.string(),
  /** Flags that ask for the same run again. */
  flags: z.array(z.string()),
  sources: Sources,
  run: Run,
  baselines: z.array(Baseline),
  environment: Environment,
  servers: ServerPair.exactOptional(),
  dataset: Dataset,
  source: SourceFacts.exactOptional(),
  candidate: Candidate,
  measured: KeptMeasurements,
  storage: z.array(TableStorage),
  ledger: Ledger.exactOptional(),
  warnings: z.array(Warning),
});
export type Unfinished = z.infer<typeof Unfinished>;
