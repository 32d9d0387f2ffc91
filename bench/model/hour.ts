import { z } from 'zod';
import { perArm } from './arm.ts';
import { Estimate } from './estimate.ts';

const calls = z.number().nonnegative();
/** Of the server's log, full-page images apart where it tells them apart. */
const walBytes = perArm(z.number().nonnegative()).optional();

/** What an hour of the application takes without the candidate, and what the candidate saves and adds, in milliseconds. */
export const Hour = z.strictObject({
  /** Of the measured statements. */
  calls,
  beforeMs: Estimate,
  savedMs: Estimate,
  addedMs: Estimate,
  /** Saved less added: more than 0 is time saved. */
  netMs: Estimate,
  /** Of all writes; missing where the server does not count one of them. */
  walBytes,
  /** In the order of the report; `savedMs` is less than 0 for time added. */
  statements: z.array(
    z.strictObject({ id: z.string(), title: z.string(), calls, savedMs: Estimate, walBytes }),
  ),
});
export type Hour = z.infer<typeof Hour>;
export type HourlyStatement = Hour['statements'][number];

/** What an index saves and costs in an hour, and whether that pays. */
export const HourlyWorth = z.strictObject({
  /** By the reads that it serves. */
  savedMs: Estimate,
  /** To the writes that it burdens. */
  addedMs: Estimate,
  /** How many of these reads there are for each of these writes. */
  readsPerWrite: z.number().nonnegative(),
  /** How many there would have to be. */
  breakEven: Estimate,
});
export type HourlyWorth = z.infer<typeof HourlyWorth>;
