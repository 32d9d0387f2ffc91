import { z } from 'zod';

const milliseconds = z.number().positive();

/** What the machine did to work that is the same in every round. */
export const Reference = z.strictObject({
  /** One pass over a fixed array that the second-level cache cannot hold: bound by memory. */
  scanMs: milliseconds,
  /** A fixed number of steps in registers: bound by the core. */
  loopMs: milliseconds,
  /** The share of the round's time that the hypervisor gave to others; missing where the kernel does not say. */
  stealShare: z.number().min(0).max(1).optional(),
});
export type Reference = z.infer<typeof Reference>;

/** One visit to every item that still needs pairs. */
export const Round = z.strictObject({
  /** From 1, over the whole run. A pair has the ordinal of its round. */
  ordinal: z.int().positive(),
  /** Since the first round began. */
  startedAtSeconds: z.number().nonnegative(),
  seconds: z.number().nonnegative(),
  reference: Reference,
  /** By which the wall clock moved against the monotonic one: it was set, or the machine was suspended. */
  clockStepMs: z.number().optional(),
});
export type Round = z.infer<typeof Round>;

/**
 * Why a round counts as disturbed: the reference work took so much longer than in the quiet rounds, time was stolen,
 * or one of its pairs was put off.
 */
const RoundCause = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['scan', 'loop', 'steal']) }),
  z.strictObject({ kind: z.literal('pause'), pauseMs: z.number() }),
  z.strictObject({ kind: z.literal('clock step'), stepMs: z.number() }),
]);
export type RoundCause = z.infer<typeof RoundCause>;

const times = z.number().positive();

export const JudgedRound = Round.extend({
  /** How many times as long as at the quiet level of the run. */
  relative: z.strictObject({ scan: times, loop: times }),
  /** `quiet`: nothing shows that it was disturbed. */
  state: z.enum(['quiet', 'disturbed']),
  causes: z.array(RoundCause),
});
export type JudgedRound = z.infer<typeof JudgedRound>;

export const isDisturbed = ({ state }: JudgedRound): boolean => state === 'disturbed';
