import type { Claim } from '../../../suite/claim.ts';
import { sql } from '../sql.ts';
import { counted } from '../../../format/quantity.ts';
import { byAnswers, byRows, figure, judged } from './evidence.ts';

const notAutomatic: Claim = {
  id: 'foreign-keys-not-automatic',
  section: 'High Priority: Foreign Key Indexes',
  quote: '**does not automatically create indexes on foreign key columns**',
  confirmedBy: 'a table that is created with a foreign key has no index on it',
  probe: [
    'BEGIN',
    'CREATE TABLE claim_parent (id integer PRIMARY KEY)',
    'CREATE TABLE claim_child (parent_id integer REFERENCES claim_parent)',
    "SELECT count(*) AS indexes FROM pg_indexes WHERE tablename = 'claim_child'",
    'ROLLBACK',
  ],
  judge: byAnswers(([, , , answer]) => {
    const indexes = figure(answer, 'indexes');
    return [judged(indexes === 0, `a new foreign key has ${counted(indexes, 'index', 'indexes')}`)];
  }),
};

const unindexed = (id: string, section: string, quote: string): Claim => ({
  id,
  section,
  quote,
  confirmedBy:
    'in the whole schema, every foreign key is the beginning of an index that is valid and not partial',
  probe: [sql('queries/claims/foreign-keys.sql')],
  judge: byRows((keys) => {
    const without = keys.filter(({ indexed }) => indexed !== 't');
    const named = without.map(({ table, columns }) => `${table} (${columns})`).join(', ');
    const text = `${keys.length - without.length} of ${counted(keys.length, 'foreign key')} have an index`;
    return [judged(without.length === 0, without.length === 0 ? text : `${text}; none on ${named}`)];
  }),
});

/** What the document says of foreign keys, apart from how much their indexes win. */
export const foreignKeyClaims = {
  notAutomatic,
  manually: {
    ...notAutomatic,
    id: 'foreign-keys-not-automatic-again',
    section: '1. Foreign Key Indexing',
    quote: 'PostgreSQL does NOT auto-index FKs',
  },
  allIndexed: unindexed(
    'foreign-keys-all-indexed',
    '1. Foreign Key Indexing',
    'All foreign key columns have indexes',
  ),
  proper: unindexed('foreign-keys-proper', 'Conclusion', '**Proper foreign key indexing**'),
} as const;
