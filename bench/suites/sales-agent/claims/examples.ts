import type { Claim } from '../../../suite/claim.ts';
import { planAfter, planBefore } from './plan-claims.ts';
import { rowsClaim } from './row-counts.ts';
import { performanceClaims } from './speedups.ts';

/** One example of the document, as it prints it. */
interface Example {
  number: number;
  title: string;
  table: string;
  rows: number;
  before: { quote: string; nodes: readonly string[] };
  after: { quote: string; indexes: readonly string[] };
  /** Milliseconds before and after, and the factor. */
  figures: readonly [beforeMs: number, afterMs: number, times: number];
}

const SEQ_SCAN = 'Seq Scan';
const SORT = 'Sort';

const examples: readonly Example[] = [
  {
    number: 1,
    title: 'Find Top Qualified Leads',
    table: 'leads',
    rows: 10_000,
    before: { quote: '**Before**: Full table scan', nodes: [SEQ_SCAN] },
    after: {
      quote: '**After**: Uses `ix_leads_score_created` composite index',
      indexes: ['ix_leads_score_created'],
    },
    figures: [100, 5, 20],
  },
  {
    number: 2,
    title: 'Get Recent Social Media Activity for a Lead',
    table: 'social_media_activity',
    rows: 50_000,
    before: { quote: '**Before**: Sequential scan + sort', nodes: [SEQ_SCAN, SORT] },
    after: {
      quote: '**After**: Uses `ix_social_media_activity_lead_id` + `ix_social_media_activity_posted_at`',
      indexes: ['ix_social_media_activity_lead_id', 'ix_social_media_activity_posted_at'],
    },
    figures: [500, 10, 50],
  },
  {
    number: 3,
    title: 'Find Top Decision Makers at a Company',
    table: 'contact_social_profiles',
    rows: 20_000,
    before: { quote: '**Before**: Full table scan + sort', nodes: [SEQ_SCAN, SORT] },
    after: {
      quote: '**After**: Uses `ix_contact_profiles_company_score` composite index',
      indexes: ['ix_contact_profiles_company_score'],
    },
    figures: [150, 10, 15],
  },
  {
    number: 4,
    title: 'Get Active Agent Executions',
    table: 'agent_executions',
    rows: 30_000,
    before: { quote: '**Before**: Status filter + sort (slow)', nodes: [SORT] },
    after: {
      quote: '**After**: Uses `ix_agent_executions_status_created` composite index',
      indexes: ['ix_agent_executions_status_created'],
    },
    figures: [200, 20, 10],
  },
];

/** The plans, times and row counts of the four examples. */
export const exampleClaims: readonly Claim[] = examples.flatMap((example) => {
  const { number, title, table, rows, before, after, figures } = example;
  const place = { read: `example-${number}`, section: `Example ${number}: ${title}` };
  const [beforeMs, afterMs, times] = figures;
  const factor = `~${times}x faster`;
  return [
    planBefore({ ...place, quote: before.quote }, before.nodes),
    planAfter({ ...place, quote: after.quote }, after.indexes),
    ...performanceClaims(place, {
      factor: { times, quote: factor },
      before: { ms: beforeMs, quote: `${factor} (${beforeMs}ms` },
      after: { ms: afterMs, quote: `${factor} (${beforeMs}ms → ${afterMs}ms` },
    }),
    rowsClaim({ id: place.read, section: place.section, quote: `for ${rows / 1000}k rows` }, rows, [table]),
  ];
});
