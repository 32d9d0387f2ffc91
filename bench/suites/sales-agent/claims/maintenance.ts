import { bytes } from '../../../format/quantity.ts';
import type { Claim } from '../../../suite/claim.ts';
import { byAnswers, byRows, figure, judged, notMeasurable, opinion } from './evidence.ts';
import { indexCondition } from './explained.ts';

const section = 'Regular Monitoring Tasks';

const automatic: Claim = {
  id: 'index-maintenance',
  section: 'Write Performance Impact',
  quote: '**Index maintenance**: Automatic, handled by PostgreSQL',
  confirmedBy: 'a row that is inserted after its index was created is found through it',
  probe: [
    'BEGIN',
    'CREATE TABLE claim_rows (value integer)',
    'CREATE INDEX claim_rows_value ON claim_rows (value)',
    'INSERT INTO claim_rows VALUES (1)',
    'SET LOCAL enable_seqscan = off',
    'EXPLAIN SELECT * FROM claim_rows WHERE value = 1',
    'SELECT count(*) AS found FROM claim_rows WHERE value = 1',
    'ROLLBACK',
  ],
  judge: byAnswers(([, , , , , plan, rows]) => {
    const found = figure(rows, 'found');
    return [
      judged(indexCondition(plan) !== undefined && found === 1, `${found} of 1 row found through the index`),
    ];
  }),
};

const unused: Claim = {
  id: 'unused-indexes',
  section,
  quote: 'Remove if never used after 3 months',
  confirmedBy:
    'nothing that a run of minutes can measure: it is advice about months of an application in use',
  judge: ({ reads, candidate }) => {
    const measured = reads.filter((read) => read.state === 'measured');
    const idle = candidate.indexes.filter(
      ({ name }) => !measured.some(({ plans }) => plans.candidateIndexes.includes(name)),
    );
    return [
      notMeasurable(
        `of ${candidate.indexes.length} indexes, the reads of this run leave ${idle.length} unused`,
      ),
    ];
  },
};

const BLOATED = "SELECT pg_indexes_size('leads') AS bytes";

const bloat: Claim = {
  id: 'reindex',
  section,
  quote: 'Reduce index bloat',
  confirmedBy: 'REINDEX makes the indexes of leads smaller, a fifth of whose rows were updated and vacuumed',
  probe: [BLOATED, 'REINDEX TABLE leads', BLOATED],
  judge: byAnswers(([before, , after]) => {
    const [was, is] = [figure(before, 'bytes'), figure(after, 'bytes')];
    return [judged(is < was, `${bytes(was)} before, ${bytes(is)} after`)];
  }),
};

const vacuum: Claim = {
  id: 'vacuum-analyze',
  section,
  quote: '**Vacuum Analyze** (automatic via autovacuum)',
  confirmedBy: 'autovacuum is on unless somebody switches it off',
  probe: ["SELECT boot_val, setting FROM pg_settings WHERE name = 'autovacuum'"],
  judge: byRows(([row]) => [
    judged(
      row?.boot_val === 'on',
      `by default it is ${row?.boot_val}; in this run it is ${row?.setting}, so that nothing runs by itself while something is timed`,
    ),
  ]),
};

const statistics: Claim = {
  id: 'statistics-up-to-date',
  section,
  quote: 'Keeps statistics up-to-date',
  confirmedBy: 'statistics follow the rows of a table in use, with autovacuum on',
  judge: opinion('this run switches autovacuum off, and analyses by itself'),
};

/** What the document says of keeping the indexes in order. */
export const maintenanceClaims = { automatic, unused, bloat, vacuum, statistics } as const;
