import { z } from 'zod';
import { Baseline, perArm } from '../model/arm.ts';
import { Answers, ReadCounters, WriteCounters } from '../model/counters.ts';
import { Disturbance } from '../model/disturbance.ts';
import { Builds, IndexEffect, Redundancy } from '../model/ledger.ts';
import { Failure } from '../model/outcome.ts';
import { Pair } from '../model/pair.ts';
import { PlanComparison } from '../model/plan.ts';
import { Concurrency, Dataset, OpportunityResult } from '../model/result.ts';
import { Environment, Run } from '../model/run.ts';

/** An item as it was measured: the suite has the rest of it, or another item by now. */
const ItemMark = z.object({ id: z.string(), sha256: z.string() });
export type ItemMark = z.infer<typeof ItemMark>;

/** What has failed is not kept: it is measured anew. */
const kept = { item: ItemMark, baseline: Baseline, state: z.literal('measured') };
const timed = { pairs: z.array(Pair), disturbances: z.array(Disturbance) };
const failed = z.object({ state: z.literal('failed'), error: Failure });
const outcomeOf = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.discriminatedUnion('state', [z.object({ state: z.literal('measured'), ...shape }), failed]);

const KeptRead = z.object({
  ...kept,
  ...timed,
  parameters: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
  answers: Answers,
  plans: PlanComparison,
  counters: perArm(ReadCounters),
  planning: z.array(perArm(z.number())),
  generic: outcomeOf({ ...timed, plans: PlanComparison }).exactOptional(),
  bufferCold: outcomeOf(timed).exactOptional(),
});

const KeptWrite = z.object({
  ...kept,
  ...timed,
  counters: perArm(WriteCounters).optional(),
  asynchronous: z.object(timed).optional(),
});

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

const isOnce = (kept: readonly { item: ItemMark; baseline: Baseline }[]): boolean =>
  new Set(kept.map(({ item, baseline }) => `${baseline} ${item.id}`)).size === kept.length;
const eachOnce = <Kept extends z.ZodType<{ item: ItemMark; baseline: Baseline }>>(measurement: Kept) =>
  z.array(measurement).refine(isOnce, 'an item is there twice on the same baseline');

const KeptMeasurements = z.object({
  reads: eachOnce(KeptRead),
  writes: eachOnce(KeptWrite),
  canaries: eachOnce(z.object({ ...kept, ...timed })),
  concurrency: z.array(Concurrency),
  opportunities: z.array(OpportunityResult),
  /** Of each index that has been looked into so far. */
  facts: z.array(KeptFacts),
});
export type KeptMeasurements = z.infer<typeof KeptMeasurements>;

/** What a suite brings along beside its reads and writes: SHA-256 of what is in its files, and the id of an item. */
const Sources = z.object({
  candidate: z.string(),
  migrations: z.string(),
  ageing: z.string(),
  opportunities: z.string(),
  concurrentWrite: z.string().exactOptional(),
});
export type Sources = z.infer<typeof Sources>;

/** A run that has not come to its end: what it needs to go on. */
export const Unfinished = z.object({
  /** Of index-impact. */
  version: z.string(),
  /** Flags that ask for the same run again. */
  flags: z.array(z.string()),
  run: Run,
  environment: Environment,
  dataset: Dataset,
  sources: Sources,
  measured: KeptMeasurements,
});
export type Unfinished = z.infer<typeof Unfinished>;
