import type { SnapshotTable } from '../../bench/model/snapshot.ts';

/** What a table is aged by where nothing is known of its updates. */
const USUAL = 0.2;

/** How far ageing may take a correlation away from what it is in the source. */
const TOLERATED = 0.05;

/**
 * Correlation of a column in order after this share of its rows was updated once, evenly by where they lie: those rows move to the
 * end, in their order.
 */
const correlationAfter = (share: number): number => 1 - 2 * share + 2 * share * share;

/**
 * The share of a table's rows to be updated once: what leaves gaps as the dead rows and the HOT updates of the source do, and no
 * more than the order of its columns allows.
 */
export function agedShare({ activity, rows, columns }: SnapshotTable): number {
  const { updates, hotUpdates, deadRows } = activity;
  const dead = deadRows / Math.max(1, rows + deadRows);
  const asked = Math.max(dead, updates > 0 ? (USUAL * hotUpdates) / updates : 0);
  const correlations = columns.map(({ statistics }) => Math.abs(statistics?.correlation ?? 0));
  return Math.floor(Math.min(asked, mostAged(Math.max(0, ...correlations))) * 1000) / 1000;
}

/** Solves `correlationAfter` for what it may come to. */
function mostAged(correlation: number): number {
  const least = Math.max(0.5, correlation - TOLERATED);
  return (1 - Math.sqrt(2 * least - 1)) / 2;
}

/** What a column's correlation has to be before its table is aged. */
export const correlationBefore = (correlation: number, aged: number): number =>
  Math.max(-1, Math.min(1, correlation / correlationAfter(aged)));
