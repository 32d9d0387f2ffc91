import { expect, test } from 'vitest';
import type { Audit } from '../model/audit.ts';
import { renderAudit } from './audit.ts';

const audit: Audit = {
  database: 'sales',
  serverVersion: '18.4',
  parts: [
    { kind: 'invalid indexes', state: 'checked', findings: [], notes: [] },
    {
      kind: 'unindexed foreign keys',
      state: 'checked',
      findings: [
        {
          what: 'public.organization_charts (lead_id)',
          bytes: 4_423_680,
          why: 'organization_charts_lead_id_fkey: DELETE or a new key in public.leads reads this whole table for every row',
          statement: 'CREATE INDEX CONCURRENTLY ON public.organization_charts (lead_id);',
        },
        {
          what: 'public."a\u001b[2Jb" (c)',
          bytes: 0,
          why: 'c_fkey: DELETE or a new key in public.leads reads this whole table for every row',
          statement: 'CREATE INDEX CONCURRENTLY ON public."a\u001b[2Jb" (c);',
        },
      ],
      notes: [],
    },
    {
      kind: 'redundant indexes',
      state: 'checked',
      findings: [
        {
          what: 'public.ix_leads_id',
          bytes: 1_130_496,
          why: 'the same as public.leads_pkey',
          statement: 'DROP INDEX CONCURRENTLY public.ix_leads_id;',
        },
      ],
      notes: [],
    },
    {
      kind: 'unused indexes',
      state: 'checked',
      findings: [
        {
          what: 'public.ix_leads_score',
          bytes: 524_288,
          why: 'no scan of public.leads used it',
          statement: 'DROP INDEX CONCURRENTLY public.ix_leads_score;',
        },
      ],
      notes: [
        '"Unused" means since 2025-10-04, when these statistics began, 12 days ago. Drop one after 3 months without a scan, and look at the replicas, which count their own scans.',
      ],
    },
    {
      kind: 'bloated indexes',
      state: 'not checked',
      reason: 'the extension pgstattuple is not installed in this database',
    },
    {
      kind: 'vacuum and analyze',
      state: 'checked',
      findings: [],
      notes: ['autovacuum is off on this server: nothing does this by itself.'],
    },
  ],
};

test('an audit reads well at 100 columns, and its statements can be copied', async () => {
  await expect(renderAudit(audit, { columns: 100, color: false })).toMatchFileSnapshot(
    '__golden__/audit.txt',
  );
});
