import type { Claim } from '../../../suite/claim.ts';
import { byAnswers, byRows, judged, rowsOf } from './evidence.ts';

const section = 'Applied Migrations';

/** The schema has what a line of the list of migrations says. */
const present = (id: string, quote: string, objects: readonly string[]): Claim => ({
  id: `migration-${id}`,
  section,
  quote,
  confirmedBy: `the schema has ${objects.join(', ')}`,
  probe: [
    `SELECT name FROM unnest(ARRAY[${objects.map((name) => `'${name}'`).join(', ')}]) AS name WHERE to_regclass(name) IS NOT NULL`,
  ],
  judge: byRows((rows) => {
    const found = rows.map(({ name }) => name);
    const missing = objects.filter((name) => !found.includes(name));
    return [
      judged(missing.length === 0, missing.length === 0 ? 'all are there' : `${missing.join(', ')} missing`),
    ];
  }),
});

const constraints: Claim = {
  id: 'migration-005',
  section,
  quote: 'Performance indexes and constraints (leads.industry, CHECK constraints)',
  confirmedBy: 'leads.industry has an index, and leads has CHECK constraints',
  probe: [
    "SELECT to_regclass('ix_leads_industry') AS index",
    "SELECT count(*) AS checks FROM pg_constraint WHERE contype = 'c' AND conrelid = 'leads'::regclass",
  ],
  judge: byAnswers(([index, checks]) => {
    const count = rowsOf(checks)[0]?.checks ?? '0';
    const hasIndex = rowsOf(index)[0]?.index === 'ix_leads_industry';
    return [
      judged(
        hasIndex && count !== '0',
        `${hasIndex ? 'an index' : 'no index'} and ${count} CHECK constraints`,
      ),
    ];
  }),
};

/** As printed in three places; the closing lines of the document name a fourth. */
const NAMES = ['007', '007_comprehensive_indexes', '007_add_comprehensive_database_indexes.py'];

const version: Claim = {
  id: 'current-version',
  section: 'Current Database Version',
  quote: '007_comprehensive_indexes',
  confirmedBy: "the document's list of migrations, its version and its file name agree",
  judge: () => [
    judged(
      new Set(NAMES.map((name) => name.replace('.py', ''))).size === 1,
      `the list says ${NAMES[0]}, the version ${NAMES[1]}, the file ${NAMES[2]}`,
    ),
  ],
};

/** What the document says of the migrations before the candidate. */
export const historyClaims: readonly Claim[] = [
  present('initial', 'Initial schema (leads, cerebras_api_calls)', ['leads', 'cerebras_api_calls']),
  present('multi-agent', 'Multi-agent system models', ['agent_executions', 'agent_workflows']),
  present('crm', 'CRM integration tables', [
    'crm_credentials',
    'crm_contacts',
    'crm_sync_logs',
    'crm_webhooks',
  ]),
  constraints,
  present('reports', 'Reports table', ['reports']),
  version,
];
