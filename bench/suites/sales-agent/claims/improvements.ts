import type { Claim } from '../../../suite/claim.ts';
import { rowsClaim } from './row-counts.ts';
import { performanceClaims } from './speedups.ts';

const section = 'Expected Query Performance Improvements';

/** A row of the document's table: milliseconds before and after, and the factor. */
const row = (read: string, type: string, beforeMs: number, afterMs: number, times: number): Claim[] =>
  performanceClaims(
    { read, section },
    {
      before: { ms: beforeMs, quote: `${type} | ${beforeMs}ms` },
      after: { ms: afterMs, quote: `${type} | ${beforeMs}ms | ${afterMs}ms` },
      factor: { times, quote: `${type} | ${beforeMs}ms | ${afterMs}ms | **${times}x faster**` },
    },
  );

/** The table of expected improvements. */
export const improvementClaims: readonly Claim[] = [
  rowsClaim({ id: 'fk-join', section, quote: 'Simple FK join (10k rows)' }, 10_000, [
    'leads',
    'organization_charts',
  ]),
  ...row('fk-join', 'Simple FK join (10k rows)', 500, 5, 100),
  ...row('timestamp-range', 'Timestamp range filter', 200, 10, 20),
  ...row('composite-filter-sort', 'Composite filter + sort', 1000, 50, 20),
  ...row('simple-where', 'Simple WHERE clause', 100, 5, 20),
];
