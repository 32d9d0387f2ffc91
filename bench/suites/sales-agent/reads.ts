import type { ReadDefinition } from '../../suite/define-suite.ts';
import { documentedIndexes } from './documented.ts';
import { sql } from './sql.ts';

const IMPROVEMENTS = 'Expected Query Performance Improvements';

const verbatim = (id: string, title: string, source: string): ReadDefinition => ({
  id,
  title,
  source,
  sql: sql(`queries/${id}.sql`),
});

const example = (id: string, title: string, source: string): ReadDefinition => ({
  ...verbatim(id, title, source),
  bufferCold: true,
});

/** Where in the order from most to fewest rows the key of a keyed read is taken. */
const QUANTILES = { hot: 0, median: 0.5, cold: 1 };

const keyed = (example: string, title: string, source: string, keyFile: string): ReadDefinition[] =>
  Object.entries(QUANTILES).map(([heat, quantile]) => ({
    id: `${example}-${heat}`,
    title: `${title}  ${heat} key`,
    source,
    sql: sql(`queries/${example}-keyed.sql`),
    key: { sql: sql(`queries/keys/${keyFile}.sql`), parameters: [quantile] },
  }));

const examples = {
  1: 'Example 1: Find Top Qualified Leads',
  2: 'Example 2: Get Recent Social Media Activity for a Lead',
  3: 'Example 3: Find Top Decision Makers at a Company',
  4: 'Example 4: Get Active Agent Executions',
};

/** One query for each documented query pattern, named after the index that it is documented for. */
const patterns = documentedIndexes.map(({ name, pattern }): ReadDefinition => ({
  id: `pattern-${name.replace(/^ix_/, '').replaceAll('_', '-')}`,
  title: pattern,
  workload: 'full',
  source: `Query pattern of ${name}`,
  sql: sql(`queries/patterns/${name}.sql`),
}));

/** The reads, in the order of the document; its examples verbatim, with the literals that it prints. */
export const reads: readonly ReadDefinition[] = [
  example('example-1', 'Example 1  top leads', examples[1]),
  example('example-2', 'Example 2  recent activity', examples[2]),
  ...keyed('example-2', 'Example 2', examples[2], 'lead-by-posts'),
  example('example-3', 'Example 3  decision makers', examples[3]),
  ...keyed('example-3', 'Example 3', examples[3], 'company-by-contacts'),
  example('example-4', 'Example 4  active executions', examples[4]),
  verbatim('fk-join', 'Simple FK join', IMPROVEMENTS),
  verbatim('timestamp-range', 'Timestamp range filter', IMPROVEMENTS),
  verbatim('composite-filter-sort', 'Composite filter + sort', IMPROVEMENTS),
  verbatim('simple-where', 'Simple WHERE clause', IMPROVEMENTS),
  ...patterns,
  {
    id: 'lead-by-id',
    title: 'Lead by its primary key',
    workload: 'full',
    source: 'not in the document: a read that no other index can help',
    sql: sql('queries/lead-by-id.sql'),
    key: { sql: sql('queries/keys/lead.sql'), parameters: [0.5] },
  },
];
