import type { Claim } from '../../../suite/claim.ts';
import { documentedQueries } from '../documented.ts';
import { counted } from '../../../format/quantity.ts';
import { judged } from './evidence.ts';

/** PostgreSQL answers a catalog query as printed. */
const works = (section: string, id: string, quote: string): Claim => ({
  id,
  section,
  quote,
  confirmedBy: 'PostgreSQL answers the query as printed, with rows',
  probe: documentedQueries
    .filter(({ title }) => title === section || section.startsWith(title))
    .map(({ sql }) => sql),
  judge: (_, [answer]) => [
    answer?.state === 'answered'
      ? judged(answer.rows.length > 0, `it answers with ${counted(answer.rows.length, 'row')}`)
      : judged(false, `PostgreSQL refuses it: ${answer?.message ?? ''}`),
  ],
});

const USAGE = 'Check Index Usage (requires pg_stat_statements)';

const requires: Claim = {
  id: 'usage-requires-extension',
  section: USAGE,
  quote: 'requires pg_stat_statements',
  confirmedBy: 'without the extension, the nearest form of the query that works fails',
  probe: [
    'BEGIN',
    'DROP EXTENSION IF EXISTS pg_stat_statements',
    ...documentedQueries.flatMap(({ workingForm }) => (workingForm === undefined ? [] : [workingForm])),
    'ROLLBACK',
  ],
  judge: (_, [, , answer]) => [
    answer?.state === 'answered'
      ? judged(
          false,
          `without it, the working form of the query answers with ${counted(answer.rows.length, 'row')}`,
        )
      : judged(true, `without it: ${answer?.message ?? ''}`),
  ],
};

/** The catalog queries that the document prints. */
export const verificationClaims: readonly Claim[] = [
  works('Check All Indexes', 'query-all-indexes', 'Check All Indexes'),
  works('Count Indexes Per Table', 'query-indexes-per-table', 'Count Indexes Per Table'),
  works(USAGE, 'query-index-usage', 'Check Index Usage'),
  requires,
];
