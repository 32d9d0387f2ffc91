import { judge } from '../analyse/judge.ts';
import { judgeMigration } from '../analyse/migration.ts';
import { judgeRounds } from '../analyse/rounds.ts';
import { summarize } from '../analyse/summary.ts';
import { madeExecutions } from '../analyse/executions.fixture.ts';
import type { ReadMeasurement, WriteMeasurement } from '../model/measurement.ts';
import type { ClaimResult } from '../model/claim.ts';
import { sampleLedger, sampleOpportunities } from './sample-ledger.fixture.ts';
import { sampleLongRun } from './sample-long-run.fixture.ts';
import { sampleRounds } from './sample-rounds.fixture.ts';
import { SCHEMA_VERSION, type Result } from '../model/result.ts';

import {
  scan,
  indexScan,
  plans,
  read,
  write,
  canary,
  claim,
  timesOfWriters,
  pairs,
  pairsInRounds,
} from './sample-items.fixture.ts';

const POSTS = 'social_media_activity';
const LEADS = 'leads';
const LEAD_INDEX = 'ix_social_media_activity_lead_id';

function reads(): ReadMeasurement[] {
  const top = indexScan(LEADS, 'ix_leads_score_created');
  const lead = indexScan(POSTS, LEAD_INDEX);
  const failing = read('simple-where', 'Simple WHERE clause', 'bare', [1, 1], plans(lead, lead));
  return [
    read(
      'example-1',
      'Example 1  top leads',
      'shipped',
      [0.21, 0.15],
      plans(indexScan(LEADS, 'ix_leads_qualification_score'), top),
    ),
    {
      ...read('example-2', 'Example 2  recent activity', 'shipped', [13.6, 0.19], plans(scan(POSTS), lead)),
      executions: madeExecutions('example-2', {
        typicalMs: { before: 13.6, after: 0.19 },
        executions: { before: 2, after: 100 },
      }),
      bufferCold: { state: 'measured', pairs: pairs('buffer-cold', 24.1, 0.52), disturbances: [] },
    },
    {
      ...read('example-2-cold', 'Example 2  cold key', 'shipped', [0.12, 0.12], plans(lead, lead)),
      generic: {
        state: 'measured',
        pairs: pairsInRounds('generic', 0.09, 9.6),
        disturbances: [],
        plans: plans(lead, scan(POSTS)),
      },
    },
    read('example-1', 'Example 1  top leads', 'bare', [1.43, 0.12], plans(scan(LEADS), top)),
    {
      ...read('example-2', 'Example 2  recent activity', 'bare', [13.6, 0.193], plans(scan(POSTS), lead)),
      generic: { state: 'same plan', plans: plans(scan(POSTS), lead) },
    },
    {
      item: failing.item,
      baseline: failing.baseline,
      parameters: failing.parameters,
      state: 'failed',
      error: { message: 'column "missing" does not exist', detail: 'SELECT missing' },
    },
  ];
}

const writes = (): WriteMeasurement[] => [
  write('update-leads-updated-at', 'UPDATE leads.updated_at', 'shipped', [0.34, 0.39]),
  {
    ...write('insert-leads', 'INSERT leads', 'shipped', [0.36, 0.361]),
    executions: madeExecutions('insert-leads', { typicalMs: { before: 0.36, after: 0.361 } }),
  },
  write('update-leads-updated-at', 'UPDATE leads.updated_at', 'bare', [0.32, 0.34], 7),
];

const EXAMPLE_1 = 'Example 1: Find Top Qualified Leads';

/** One of each verdict, in two parts of a document. */
const claims = (): ClaimResult[] => [
  claim(
    {
      id: 'total',
      section: 'Index Summary',
      quote: 'Total Indexes Added: 19',
      confirmedBy: 'the candidate adds 19 indexes',
    },
    [{ text: 'the candidate adds 2', verdict: 'refuted' }],
  ),
  claim(
    {
      id: 'b-tree-share',
      section: 'Index Summary',
      quote: 'should be used for 95% of indexing needs',
      confirmedBy: 'nothing that can be measured',
    },
    [{ text: 'advice for all of PostgreSQL', verdict: 'not measurable here' }],
  ),
  claim(
    {
      id: 'example-1-plan-before',
      section: EXAMPLE_1,
      quote: '**Before**: Full table scan',
      confirmedBy: 'the plan before has Seq Scan',
    },
    [
      { baseline: 'shipped', text: 'the plan before uses ix_leads_qualification_score', verdict: 'refuted' },
      { baseline: 'bare', text: 'the plan before is Limit, Sort, Seq Scan', verdict: 'confirmed' },
    ],
  ),
  claim(
    {
      id: 'example-1-plan-after',
      section: EXAMPLE_1,
      quote: '**After**: Uses `ix_leads_score_created` composite index',
      confirmedBy: 'the plan after uses ix_leads_score_created',
    },
    [{ baseline: 'shipped', text: 'the plan after uses ix_leads_score_created', verdict: 'confirmed' }],
  ),
];

/** What a run measured, before it is judged; one item failed. */
export const sampleMeasurements = (canaryMs: [number, number] = [0.36, 0.36]) => ({
  reads: reads(),
  writes: writes(),
  canaries: [canary(canaryMs)],
  rounds: sampleRounds(),
});

/** A complete result as a run writes it: two baselines, one failed item, one imprecise item. */
export function sampleResult(canaryMs?: [number, number]): Result {
  const storage = (['shipped', 'bare'] as const).flatMap((baseline) =>
    [LEADS, POSTS].map((table, position) => {
      const size = { tableBytes: 6_414_336 * (position + 1), indexes: baseline === 'bare' ? 1 : 6 };
      const indexBytes = baseline === 'bare' ? 466_944 : 1_966_080;
      return {
        baseline,
        table,
        before: { ...size, indexBytes },
        after: { ...size, indexes: size.indexes + 3, indexBytes: indexBytes + 612_352 },
      };
    }),
  );
  const found = {
    schemaVersion: SCHEMA_VERSION,
    run: {
      id: '20251004-153000-a1b2',
      startedAt: '2025-10-04T15:30:00.000Z',
      outcome: { state: 'complete' },
      command: 'index-impact run --baseline both --scale 1 --workload headline --seed 42 --budget 95',
      suite: { name: 'sales-agent', title: 'Sales Agent' },
      baselines: ['shipped', 'bare'],
      scale: 1,
      workload: 'headline',
      only: [],
      seed: 42,
      budgetSeconds: 95,
      mix: { reads: 4, writes: 1 },
      goals: [{ read: 'example-1', atLeast: 1.05 }],
      phases: [
        { name: 'server', seconds: 0.81, detail: 'PostgreSQL 18.4' },
        { name: 'seed', seconds: 4.1, detail: '60,000 rows   40 MB   14,634 rows/s' },
        { name: 'measure', seconds: 94.6, detail: '14 reads and 13 writes on shipped and bare' },
      ],
    },
    environment: {
      target: 'embedded',
      postgresVersion: '18.4',
      settings: { autovacuum: 'off', shared_buffers: '2GB' },
      machine: { cpu: 'Example CPU', cores: 2, memoryBytes: 8 * 1024 ** 3, os: 'Linux 6.1' },
      machineCheck: {
        timer: { readNs: 42, stepNs: 40, source: 'tsc' },
        memory: { bytesPerSecond: 16.1e9, fastest: 17.2e9 },
        otherLoad: 0.02,
        stealShare: 0,
        power: { isVirtual: true },
      },
      nodeVersion: 'v20.20.2',
      pinning: { state: 'pinned', core: 1 },
    },
    dataset: {
      tables: [
        { table: LEADS, rows: 10_000, bytes: 5_512_330, sha256: 'a'.repeat(64), seconds: 0.3 },
        { table: POSTS, rows: 50_000, bytes: 27_812_330, sha256: 'b'.repeat(64), seconds: 0.9 },
      ],
      raised: [{ table: LEADS, from: 100, to: 600, reason: 'lead 123 has to exist' }],
    },
    candidate: {
      name: '007',
      indexes: [LEAD_INDEX, 'ix_leads_score_created'].map((name, position) => ({
        name,
        table: position === 0 ? POSTS : LEADS,
        definition: `CREATE INDEX ${name} ON public.x USING btree (y)`,
        bytes: 573_440 / (position + 1),
        isValid: true,
        buildMs: 94.6,
        builds: [
          { baseline: 'shipped', buildMs: 90.1 },
          { baseline: 'bare', buildMs: 99.1 },
        ],
      })),
    },
    ...judge(sampleMeasurements(canaryMs)),
    rounds: judgeRounds(sampleRounds(), []),
    longRun: sampleLongRun(),
    concurrency: [
      {
        title: 'INSERT leads',
        baseline: 'shipped',
        writers: 4,
        ...timesOfWriters(),
      },
    ],
    storage,
    ledger: sampleLedger(),
    opportunities: sampleOpportunities(),
    claims: claims(),
    warnings: [],
  } satisfies Omit<Result, 'summary'>;
  const migration = judgeMigration(found);
  const judged = { ...found, ...(migration && { migration }) };
  return { ...judged, summary: summarize(judged) };
}
