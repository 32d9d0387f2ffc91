import { z } from 'zod';
import { Baseline } from './arm.ts';
import { Estimate } from './estimate.ts';
import { Power } from './machine.ts';

/** What two nights must have in common for one to be held against the other; for times, the hardware, too. */
export const SeriesKey = z.strictObject({
  suite: z.string(),
  candidate: z.string(),
  target: z.string(),
  /** As `server_version` prints it. */
  PostgreSQL: z.string(),
  workload: z.string(),
  baselines: z.string(),
  seed: z.int(),
  scale: z.number(),
  /** What --setting asked for; missing where it asked for nothing. */
  setting: z.string().optional(),
  /** Processor, cores and memory. */
  hardware: z.string(),
});
export type SeriesKey = z.infer<typeof SeriesKey>;

/** Figures that repeat from night to night; what they may change by is in the history's allowances. */
export const ExactMetric = z.enum([
  'presence',
  'rows checksum',
  'answer checksum',
  'index definition',
  'validity',
  'plan before',
  'plan after',
  'indexes used',
  'blocks before',
  'blocks after',
  'WAL records before',
  'WAL records after',
  'WAL bytes before',
  'WAL bytes after',
  'HOT updates before',
  'HOT updates after',
  'bytes before',
  'bytes after',
]);
export type ExactMetric = z.infer<typeof ExactMetric>;

/** `speedup` of a read, `overhead` of a write. */
const NightTimes = z.strictObject({
  metric: z.enum(['speedup', 'overhead']),
  ratio: Estimate,
  afterMs: Estimate,
});
export type NightTimes = z.infer<typeof NightTimes>;

/** One read, write, table or index of a night; one that could not be measured has no figures. */
export const NightItem = z.strictObject({
  /** Unique in the night: "read/shipped/example-1". */
  id: z.string(),
  title: z.string(),
  baseline: Baseline.optional(),
  /** What `--only` takes to measure it again. */
  only: z.string().optional(),
  exact: z.partialRecord(ExactMetric, z.union([z.string(), z.number()])),
  timed: NightTimes.optional(),
});
export type NightItem = z.infer<typeof NightItem>;

const milliseconds = z.number().positive();

/** What of a night's machine bears on its times, beside its hardware. Unknown figures are missing. */
export const NightMachine = z.strictObject({
  /** The fastest of some reads that no cache holds, before anything was measured. */
  memoryBytesPerSecond: z.number().positive().optional(),
  /** Of the reference work, the medians over the rounds. */
  scanMs: milliseconds.optional(),
  loopMs: milliseconds.optional(),
  /** The mean over the rounds. */
  stealShare: z.number().min(0).max(1).optional(),
  power: Power.optional(),
});
export type NightMachine = z.infer<typeof NightMachine>;

/** What is kept of one night's run to judge later ones by. */
export const Night = z.strictObject({
  kind: z.literal('night'),
  run: z.string(),
  startedAt: z.iso.datetime(),
  /** The command that repeats the run. */
  command: z.string(),
  key: SeriesKey,
  /** Missing in older nights. */
  machine: NightMachine.optional(),
  /** Whether its canaries found two copies without the candidate to differ. */
  isNoisy: z.boolean(),
  items: z.array(NightItem),
  /** Measured afresh in the same night, because their times were off. */
  confirmation: z.array(NightItem).optional(),
});
export type Night = z.infer<typeof Night>;

/** Somebody's word that what a night found is the new normal. */
export const Acceptance = z.strictObject({
  kind: z.literal('acceptance'),
  at: z.iso.datetime(),
  run: z.string(),
  reason: z.string(),
  /** `series`: nights of this run's key are comparable from here on. */
  scope: z.enum(['series', 'findings']),
  /** The findings that it is about: item and what of it. */
  findings: z.array(z.strictObject({ item: z.string(), what: z.string() })),
});
export type Acceptance = z.infer<typeof Acceptance>;

/** A line of a history, which only ever grows. */
export const HistoryEntry = z.discriminatedUnion('kind', [Night, Acceptance]);
export type HistoryEntry = z.infer<typeof HistoryEntry>;
