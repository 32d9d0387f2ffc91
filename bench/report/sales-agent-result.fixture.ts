import { judge } from '../analyse/judge.ts';
import { judgeMigration } from '../analyse/migration.ts';
import { summarize } from '../analyse/summary.ts';
import type { Baseline } from '../model/arm.ts';
import { ClaimVerdict } from '../model/claim.ts';
import type { CanaryMeasurement, ReadMeasurement, WriteMeasurement } from '../model/measurement.ts';
import type { QueryPlan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { salesAgent } from '../suites/sales-agent/suite.ts';
import { sampleResult } from './sample-result.fixture.ts';
import { canary, claim, indexScan, plans, read, scan, write } from './sample-items.fixture.ts';

const BASELINES = ['shipped', 'bare'] as const;

/** Milliseconds before and after on each baseline, the index after, and the index before on `shipped`. */
type ReadFigures = [[number, number], [number, number], after: string, before?: string];

const READS: Readonly<Record<string, ReadFigures>> = {
  'example-1': [[0.17, 0.12], [1.04, 0.11], 'ix_leads_score_created', 'ix_leads_qualification_score'],
  'example-2': [[11.6, 0.18], [12.1, 0.17], 'ix_social_media_activity_lead_id'],
  'example-2-hot': [[11.6, 0.32], [12.8, 0.3], 'ix_social_media_activity_posted_at'],
  'example-2-median': [[11.3, 0.11], [11.9, 0.11], 'ix_social_media_activity_lead_id'],
  'example-2-cold': [[11.2, 0.1], [12, 0.1], 'ix_social_media_activity_lead_id'],
  'example-3': [
    [0.25, 0.11],
    [1.57, 0.11],
    'ix_contact_profiles_company_score',
    'ix_contact_social_profiles_company_name',
  ],
  'example-3-hot': [
    [0.27, 0.13],
    [1.51, 0.13],
    'ix_contact_profiles_company_score',
    'ix_contact_social_profiles_company_name',
  ],
  'example-3-median': [
    [0.135, 0.132],
    [1.4, 0.13],
    'ix_contact_profiles_company_score',
    'ix_contact_social_profiles_company_name',
  ],
  'example-3-cold': [
    [0.114, 0.113],
    [1.37, 0.11],
    'ix_contact_profiles_company_score',
    'ix_contact_social_profiles_company_name',
  ],
  'example-4': [
    [0.14, 0.09],
    [1.58, 0.08],
    'ix_agent_executions_status_created',
    'ix_agent_executions_status',
  ],
  'fk-join': [[0.96, 0.11], [1.08, 0.07], 'ix_organization_charts_lead_id', 'ix_leads_id'],
  'timestamp-range': [[1.74, 0.19], [1.82, 0.18], 'ix_agent_executions_started_at'],
  'composite-filter-sort': [
    [6.52, 0.16],
    [15.1, 0.16],
    'ix_social_media_activity_platform_posted',
    'ix_social_media_activity_platform',
  ],
  'simple-where': [[9.37, 3.45], [9.94, 3.77], 'ix_contact_social_profiles_contact_priority'],
};

/** How much longer a write takes; a deletion looks for children through the indexes. */
const OVERHEADS = { INSERT: 0.04, UPDATE: 0.15, DELETE: -0.97, COPY: 0.3 };

const isHeadline = ({ workload }: { workload: string }): boolean => workload === 'headline';

function reads(baseline: Baseline): ReadMeasurement[] {
  return salesAgent.reads.filter(isHeadline).map(({ id, title }) => {
    const [shipped, bare, after, before] = READS[id] ?? [[1, 1], [1, 1], 'ix_leads_score_created'];
    const planBefore: QueryPlan =
      before !== undefined && baseline === 'shipped' ? indexScan('leads', before) : scan('leads');
    const times = baseline === 'shipped' ? shipped : bare;
    return read(id, title, baseline, times, plans(planBefore, indexScan('leads', after)));
  });
}

const writes = (baseline: Baseline): WriteMeasurement[] =>
  salesAgent.writes.filter(isHeadline).map(({ id, title, operation }) => {
    const beforeMs = operation === 'DELETE' ? 21.6 : 0.3;
    return write(id, title, baseline, [beforeMs, beforeMs * (1 + OVERHEADS[operation])]);
  });

/** As many as a run measures. */
const canaries = (): CanaryMeasurement[] =>
  BASELINES.flatMap((baseline) =>
    (salesAgent.canaries ?? []).map((id): CanaryMeasurement => {
      const one = canary([0.36, 0.36]);
      return { ...one, item: { ...one.item, id }, baseline };
    }),
  );

/** A claim of each kind in turn. */
const claims = (): Result['claims'] =>
  salesAgent.claims.map(({ id, section, quote, confirmedBy }, position) => {
    const verdict = ClaimVerdict.options[position % ClaimVerdict.options.length] ?? 'partly';
    return claim({ id, section, quote, confirmedBy }, [{ text: 'found', verdict }]);
  });

/** A headline run of the Sales Agent suite: all of its statements on both baselines, with made-up times. */
export function salesAgentResult(): Result {
  const sample = { ...sampleResult(), ledger: undefined };
  const found = {
    ...sample,
    run: { ...sample.run, goals: [...salesAgent.goals] },
    candidate: {
      name: salesAgent.candidate.name,
      indexes: (salesAgent.documented.indexes ?? []).flatMap(({ name }) =>
        sample.candidate.indexes.slice(0, 1).map((index) => ({ ...index, name })),
      ),
    },
    ...judge({ reads: BASELINES.flatMap(reads), writes: BASELINES.flatMap(writes), canaries: canaries() }),
    opportunities: [],
    concurrency: [],
    claims: claims(),
  };
  const migration = judgeMigration(found);
  const judged = { ...found, ...(migration && { migration }) };
  return { ...judged, summary: summarize(judged) };
}
