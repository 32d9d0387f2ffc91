import { z } from 'zod';

/**
 * The schema that the candidate is applied to: `shipped` as the migrations leave it, `bare` the same without
 * its non-unique secondary indexes.
 */
export const Baseline = z.enum(['shipped', 'bare']);
export type Baseline = z.infer<typeof Baseline>;

/** One cloned database each: without the candidate, and with it. */
export const Arm = z.enum(['before', 'after']);
export type Arm = z.infer<typeof Arm>;

export const ARMS = Arm.options;

/** One value for each arm. */
export type PerArm<T> = Record<Arm, T>;

export const perArm = <T extends z.ZodType>(value: T) => z.strictObject({ before: value, after: value });
