import type { RowContext } from '../../bench/model/dataset.ts';

/** The time of the dataset: the day the candidate was applied, never the clock's. */
export const REFERENCE_TIME = Date.UTC(2025, 9, 4);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How long the application has been running. */
const HISTORY = 730 * DAY;

export const timestamp = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The longest time after a moment at which a row can have changed: seeded changes lie before the reference time. */
export const timeLeft = (since: number): number =>
  since <= REFERENCE_TIME ? REFERENCE_TIME - since : Infinity;

/**
 * The creation time of the row with this ordinal. It rises with the ordinal through two years up to the reference
 * time, like the ids of a serial. Rows inserted later follow second by second.
 */
export function creationTime({ rows, random }: RowContext, ordinal: number): number {
  const jitter = random();
  if (ordinal >= rows) return REFERENCE_TIME + (ordinal - rows) * 1000;
  return Math.floor(REFERENCE_TIME - HISTORY * (1 - (ordinal + jitter) / rows));
}
