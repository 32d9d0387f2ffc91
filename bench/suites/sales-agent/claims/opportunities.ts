import { count, counted } from '../../../format/quantity.ts';
import type { Claim } from '../../../suite/claim.ts';
import { figure, judged, unanswered } from './evidence.ts';

interface Opportunity {
  id: string;
  section: string;
  quote: string;
  /** As printed, but for the final semicolon. */
  statement: string;
}

const RULE = 'PostgreSQL accepts the statement as printed';

/** The statement is tried and rolled back. */
const accepted = ({ id, section, quote, statement }: Opportunity): Claim => ({
  id,
  section,
  quote,
  confirmedBy: RULE,
  probe: ['BEGIN', statement, 'ROLLBACK'],
  judge: (_, [, answer]) => [
    answer?.state === 'answered'
      ? judged(true, 'it is accepted')
      : judged(false, `PostgreSQL refuses it: ${answer?.message ?? ''}`),
  ],
});

/** A concatenation with NULL is NULL, and NULL matches nothing. */
const search = accepted({
  id: 'opportunity-full-text',
  section: '3. Full-Text Search Indexes',
  quote: 'For search functionality on text columns',
  statement:
    "CREATE INDEX ix_leads_search\nON leads USING gin (to_tsvector('english', company_name || ' ' || notes))",
});

const UNFINDABLE = `SELECT count(*) AS leads, count(*) FILTER (WHERE to_tsvector('english', company_name || ' ' || notes) IS NULL) AS missing FROM leads`;

const findsAll: Claim = {
  ...search,
  confirmedBy: `${RULE}, and it finds every lead by its company's name; partly, when not every one`,
  probe: [...(search.probe ?? []), UNFINDABLE],
  judge: (found, answers) => {
    if (answers[3]?.state !== 'answered') return [...search.judge(found, answers), unanswered(answers[3])];
    const missing = figure(answers[3], 'missing');
    const text = `${count(missing)} of ${counted(figure(answers[3], 'leads'), 'lead')} cannot be found: without notes, the expression is NULL`;
    return [...search.judge(found, answers), judged(missing === 0, text)];
  },
};

/** What the document considers for later. */
export const opportunityClaims: readonly Claim[] = [
  accepted({
    id: 'opportunity-partial',
    section: '1. Partial Indexes for Status Columns',
    quote: 'Consider adding partial indexes for commonly queried status values',
    statement: "CREATE INDEX ix_leads_active\nON leads (created_at)\nWHERE status = 'active'",
  }),
  accepted({
    id: 'opportunity-gin',
    section: '2. GIN Indexes for JSON Columns',
    quote: 'If JSON queries become frequent',
    statement: 'CREATE INDEX ix_leads_additional_data_gin\nON leads USING gin (additional_data)',
  }),
  findsAll,
  accepted({
    id: 'opportunity-brin',
    section: '4. BRIN Indexes for Very Large Tables',
    quote: 'For timestamp-based tables that grow indefinitely',
    statement: 'CREATE INDEX ix_api_calls_created_brin\nON cerebras_api_calls USING brin (created_at)',
  }),
];
