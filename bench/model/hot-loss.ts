import { z } from 'zod';
import { perArm, type PerArm } from './arm.ts';
import type { WriteCounters } from './counters.ts';

const share = z.number().min(0).max(1);

/** Of the updates that a write makes, the share that is HOT on each arm; less after than before. */
export const HotLoss = z.strictObject({ id: z.string(), title: z.string(), ...perArm(share).shape });
export type HotLoss = z.infer<typeof HotLoss>;

/** Shares of updates that are HOT, from 0 to 1. Undefined for a write that updates nothing on an arm. */
export function hotShares({ before, after }: PerArm<WriteCounters>): PerArm<number> | undefined {
  const [from, to] = [hotShare(before), hotShare(after)];
  return from === undefined || to === undefined ? undefined : { before: from, after: to };
}

const hotShare = ({ updates }: WriteCounters): number | undefined =>
  updates && updates.updates > 0 ? updates.hotUpdates / updates.updates : undefined;

/**
 * The least by which the share of HOT updates falls, as a difference of shares. Where rows find room on their page or do
 * not, a few updates in a hundred go either way.
 */
const LEAST_LOSS = 0.05;

interface CountedWrite {
  id: string;
  title: string;
  counters?: PerArm<WriteCounters> | undefined;
}

/** The writes whose updates change indexes more often after than before: most lost first. */
export const hotLosses = (writes: readonly CountedWrite[]): HotLoss[] =>
  writes.flatMap(lossOf).toSorted((a, b) => b.before - b.after - (a.before - a.after));

function lossOf({ id, title, counters }: CountedWrite): HotLoss[] {
  const shares = counters && hotShares(counters);
  if (!shares || shares.before - shares.after < LEAST_LOSS) return [];
  return [{ id, title, ...shares }];
}
