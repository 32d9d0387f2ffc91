import type { RowContext } from '../../bench/model/dataset.ts';

/** The moment at which the dataset was taken: the day the candidate was applied. Never the clock. */
export const REFERENCE_TIME = Date.UTC(2025, 9, 4);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What the application has been running for. */
const HISTORY = 730 * DAY;

export const timestamp = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** How long after a moment something can have happened to a row: what is seeded lies before the reference time. */
export const timeLeft = (since: number): number =>
  since <= REFERENCE_TIME ? REFERENCE_TIME - since : Infinity;

/**
 * When the row with this ordinal came to be: rising with the ordinal through two years up to the reference time,
 * as the ids of a serial do. Rows inserted later follow it second by second.
 */
export function creationTime({ rows, random }: RowContext, ordinal: number): number {
  const jitter = random();
  if (ordinal >= rows) return REFERENCE_TIME + (ordinal - rows) * 1000;
  return Math.floor(REFERENCE_TIME - HISTORY * (1 - (ordinal + jitter) / rows));
}
