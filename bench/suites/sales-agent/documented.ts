import type { ExpectedIndex } from '../../model/verification.ts';
import type { DocumentedQuery } from '../../suite/define-suite.ts';
import { sql } from './sql.ts';

/** An index of the document with the query pattern that its table of indexes gives. */
interface PatternedIndex extends ExpectedIndex {
  pattern: string;
}

const index = (table: string, name: string, columns: string, pattern: string): PatternedIndex => ({
  name,
  table,
  definition: `CREATE INDEX ${name} ON public.${table} USING btree ${columns}`,
  pattern,
});

const leads = 'leads';
const social = 'social_media_activity';
const contacts = 'contact_social_profiles';
const charts = 'organization_charts';
const executions = 'agent_executions';
const sessions = 'voice_session_logs';

/** The 19 indexes, in the document's order. */
export const documentedIndexes: readonly PatternedIndex[] = [
  index(social, 'ix_social_media_activity_lead_id', '(lead_id)', 'join: leads with posts'),
  index(contacts, 'ix_contact_social_profiles_lead_id', '(lead_id)', 'join: leads with contacts'),
  index(charts, 'ix_organization_charts_lead_id', '(lead_id)', 'join: leads with charts'),
  index(leads, 'ix_leads_qualified_at', '(qualified_at DESC)', 'leads by qualified_at'),
  index(leads, 'ix_leads_updated_at', '(updated_at DESC)', 'leads updated since'),
  index(executions, 'ix_agent_executions_started_at', '(started_at DESC)', 'executions started in'),
  index(executions, 'ix_agent_executions_completed_at', '(completed_at DESC)', 'executions completed since'),
  index(social, 'ix_social_media_activity_posted_at', '(posted_at DESC)', 'timeline of posts'),
  index(social, 'ix_social_media_activity_scraped_at', '(scraped_at DESC)', 'posts scraped since'),
  index(social, 'ix_social_media_activity_sentiment', '(sentiment)', 'posts by sentiment'),
  index(
    contacts,
    'ix_contact_social_profiles_decision_maker_score',
    '(decision_maker_score DESC)',
    'contacts by score',
  ),
  index(
    contacts,
    'ix_contact_social_profiles_contact_priority',
    '(contact_priority)',
    'contacts by priority',
  ),
  index(sessions, 'ix_voice_session_logs_completed_at', '(completed_at DESC)', 'sessions completed since'),
  index(
    leads,
    'ix_leads_score_created',
    '(qualification_score DESC, created_at DESC) WHERE (qualification_score IS NOT NULL)',
    'top leads by recency',
  ),
  index(
    executions,
    'ix_agent_executions_status_created',
    '(status, created_at DESC)',
    'executions by status',
  ),
  index(executions, 'ix_agent_executions_lead_status', '(lead_id, status)', 'executions of a lead'),
  index(
    social,
    'ix_social_media_activity_platform_posted',
    '(platform, posted_at DESC)',
    'platform timeline',
  ),
  index(
    contacts,
    'ix_contact_profiles_company_score',
    '(company_name, decision_maker_score DESC)',
    'top contacts of a company',
  ),
  index(sessions, 'ix_voice_sessions_status_created', '(status, created_at DESC)', 'sessions by status'),
];

/** The document's catalog queries as printed. The third names columns that the view does not have. */
export const documentedQueries: readonly DocumentedQuery[] = [
  { title: 'Check All Indexes', sql: sql('queries/verification/all-indexes.sql') },
  { title: 'Count Indexes Per Table', sql: sql('queries/verification/indexes-per-table.sql') },
  {
    title: 'Check Index Usage',
    sql: sql('queries/verification/index-usage.sql'),
    workingForm: sql('queries/verification/index-usage-working.sql'),
  },
];
