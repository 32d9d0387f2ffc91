import { cerebrasApiCalls } from '../../../seed/tables/cerebras-api-calls.ts';
import type { OpportunityDefinition, ReadDefinition, WriteDefinition } from '../../suite/define-suite.ts';
import { sql } from './sql.ts';
import { insert } from './writes.ts';

const SOURCE = 'Future Optimization Opportunities';

const file = (name: string): URL => new URL(`../../../migrations/opportunities/${name}.sql`, import.meta.url);

const read = (id: string, title: string): ReadDefinition => ({
  id,
  title,
  source: SOURCE,
  sql: sql(`queries/opportunities/${id}.sql`),
});

const opportunity = (
  title: string,
  table: string,
  slug: string,
  reads: readonly ReadDefinition[],
  writes: readonly WriteDefinition[] = [],
): OpportunityDefinition => ({
  title,
  table,
  asWritten: file(`${slug}.as-written`),
  nearest: file(`${slug}.nearest`),
  reads,
  writes,
});

/** The four opportunities of the document, in its order. */
export const opportunities: readonly OpportunityDefinition[] = [
  opportunity('1. Partial Indexes for Status Columns', 'leads', '1-leads-active', [
    read('oldest-active-leads', 'oldest leads in work'),
  ]),
  opportunity('2. GIN Indexes for JSON Columns', 'leads', '2-leads-additional-data', [
    read('leads-by-additional-data', 'leads by additional data'),
  ]),
  opportunity('3. Full-Text Search Indexes', 'leads', '3-leads-search', [
    read('leads-by-words', 'leads by words of their notes'),
  ]),
  opportunity(
    '4. BRIN Indexes for Very Large Tables',
    'cerebras_api_calls',
    '4-api-calls-created',
    [read('api-calls-of-a-day', 'calls of a day'), read('newest-api-calls', 'newest calls')],
    [insert(cerebrasApiCalls)],
  ),
];
