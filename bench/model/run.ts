import { z } from 'zod';
import { Baseline } from './arm.ts';
import { Estimate } from './estimate.ts';
import { Locale } from './locale.ts';
import { MachineCheck } from './machine.ts';
import { Goal, Mix } from './migration.ts';
import { Failure } from './outcome.ts';
import { Workload } from './work-item.ts';

/** `complete`: every item was attempted; otherwise why the run ended early. */
export const RunOutcome = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('complete') }),
  z.strictObject({ state: z.literal('running') }),
  z.strictObject({ state: z.literal('interrupted') }),
  z.strictObject({ state: z.literal('failed'), error: Failure }),
]);
export type RunOutcome = z.infer<typeof RunOutcome>;

export const Phase = z.strictObject({
  name: z.string(),
  seconds: z.number().nonnegative(),
  detail: z.string(),
});
export type Phase = z.infer<typeof Phase>;

export const Run = z.strictObject({
  /** Names the run's directory, beside which latest.md lies. */
  id: z.string().regex(/^(?!latest\.md$)\w[\w.-]{0,99}$/),
  startedAt: z.iso.datetime(),
  /** When it went on after it had ended early; missing when it never had to. */
  resumedAt: z.array(z.iso.datetime()).optional(),
  outcome: RunOutcome,
  /** The command that repeats this run. */
  command: z.string(),
  suite: z.strictObject({ name: z.string(), title: z.string() }),
  baselines: z.array(Baseline),
  scale: z.number().positive(),
  workload: Workload,
  only: z.array(z.string()),
  seed: z.int(),
  budgetSeconds: z.number().positive(),
  mix: Mix,
  /** What the weights of statements are, where they are more than proportions. */
  weightsAre: z.literal('calls per hour').optional(),
  goals: z.array(Goal),
  /** Planner settings that --setting asked for; missing where it asked for none. */
  settings: z.record(z.string(), z.string()).optional(),
  phases: z.array(Phase),
});
export type Run = z.infer<typeof Run>;

/** The one that the harness runs on. */
export const Machine = z.strictObject({
  cpu: z.string(),
  cores: z.int().positive(),
  /** Those that this process may use, as in `0-3,8`; missing when it may use all of them, or nobody tells. */
  allowedCores: z
    .string()
    .regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/)
    .optional(),
  memoryBytes: z.int().nonnegative(),
  os: z.string(),
});
export type Machine = z.infer<typeof Machine>;

const bytes = z.int().nonnegative();

/**
 * Whether all databases that existed at the same time fitted into memory, on the stage of the run that had most of them.
 * `unknown`: a server elsewhere, and more than its shared buffers.
 */
export const MemoryUse = z.strictObject({
  regime: z.enum(['in memory', 'larger than memory', 'unknown']),
  /** Of these databases. */
  dataBytes: bytes,
  /** The same, and what of it lies in shared buffers as well. */
  wantedBytes: bytes,
  sharedBuffersBytes: bytes,
  /** Memory that was not in use when the run began; missing for a server elsewhere. */
  freeBytes: bytes.optional(),
});
export type MemoryUse = z.infer<typeof MemoryUse>;

export const Environment = z.strictObject({
  /** Name of one of the targets, which are in bench/servers. */
  target: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  /** Of a cluster, beside its coordinator. */
  workers: z.int().positive().exactOptional(),
  /** As `server_version` prints it. */
  postgresVersion: z.string(),
  /** Every setting that matters for measuring, as sessions of the suite have it. */
  settings: z.record(z.string(), z.string()),
  /** Of the databases that are measured; missing in older results. */
  locale: Locale.optional(),
  /** Names of those that are not PostgreSQL's default, in sessions of the suite; missing in older results. */
  notDefault: z.array(z.string()).optional(),
  machine: Machine,
  /** Missing in older results. */
  machineCheck: MachineCheck.optional(),
  nodeVersion: z.string(),
  /** Missing when the run ended before the arms were made. */
  memory: MemoryUse.optional(),
  /** What an empty query takes, in milliseconds; part of every client time. Missing when no read was measured. */
  roundTripMs: Estimate.optional(),
  /** The core that server and harness shared, or why they shared none. */
  pinning: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('pinned'), core: z.int().nonnegative() }),
    z.strictObject({ state: z.literal('unpinned'), reason: z.string() }),
  ]),
});
export type Environment = z.infer<typeof Environment>;
