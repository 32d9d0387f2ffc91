import type { Timed } from '../model/measurement.ts';
import type { Outcome } from '../model/outcome.ts';
import { clientDurations, meanLogRatio, serverDurations, type IntervalOptions } from './estimates.ts';
import { shareScatter } from './shared-scatter.ts';
import type { Mean } from './trimmed-mean.ts';

/** The mean log ratio of a row on each clock that tells one. */
export interface Ratios {
  client?: Mean | undefined;
  server?: Mean | undefined;
}

/**
 * Each from its own rounds; nothing of a row that failed.
 *
 * @param apart how well the servers' difference is known that the times do not have in them
 */
export const ratiosOf = (
  rows: readonly Outcome<Timed>[],
  options: IntervalOptions,
  apart: Ratios = {},
): Ratios[] =>
  rows.map((row) =>
    row.state === 'failed'
      ? {}
      : {
          client: meanLogRatio(clientDurations(row.pairs), { ...options, apart: apart.client }),
          server: meanLogRatio(serverDurations(row.pairs), { ...options, apart: apart.server }),
        },
  );

/** The same with what rows that scatter alike tell of each other: writes do, reads from a lookup to a scan do not. */
export function sharedRatios(rows: readonly Ratios[]): Ratios[] {
  const client = shareScatter(rows.map((row) => row.client));
  const server = shareScatter(rows.map((row) => row.server));
  return rows.map((_, row) => ({ client: client[row], server: server[row] }));
}
