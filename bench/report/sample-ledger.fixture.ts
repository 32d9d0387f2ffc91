import { accountOf, type AccountFacts } from '../analyse/ledger/account.ts';
import type { WriteCounters } from '../model/counters.ts';
import type { Estimate } from '../model/estimate.ts';
import type { ChargedWrite, IndexEffect, Ledger } from '../model/ledger.ts';
import type { Result } from '../model/result.ts';

const around = (point: number): Estimate => ({
  point,
  low: point - Math.abs(point) * 0.02,
  high: point + Math.abs(point) * 0.02,
  confidence: 0.959,
  n: 20,
  method: 'sample',
});

const counted = (records: number): WriteCounters => ({
  executions: 200,
  postCheckpoint: { records, bytes: records * 90, fullPageImages: 12 },
  steady: { records, bytes: records * 90, fullPageImages: 0 },
  ...{
    buffersDirtied: 3,
    perIndex: [{ index: 'ix_social_media_activity_lead_id', records: 207 }],
    deadRows: 0,
    indexGrowthBytes: 8192,
    scans: [],
  },
});

const insert = (table: string, before: number, after: number): ChargedWrite => ({
  id: `insert-${table}`,
  title: `INSERT ${table}`,
  table,
  operation: 'INSERT',
  counters: { before: counted(before), after: counted(after) },
  times: {
    before: { durationMs: around(0.08) },
    after: { durationMs: around(0.083) },
    estimate: around(0.0375),
  },
});

/** Of 400 updates, so many are HOT without the index and with it. */
const update = (before: number, after: number): ChargedWrite => {
  const hot = (hotUpdates: number) => ({ ...counted(800), updates: { updates: 400, hotUpdates } });
  return {
    id: 'update-social-media-activity-sentiment',
    title: 'UPDATE social_media_activity.sentiment',
    table: 'social_media_activity',
    operation: 'UPDATE',
    counters: { before: hot(before), after: hot(after) },
  };
};

const read = (title: string, beforeMs: number, afterMs: number, instead: string[]) => ({
  id: 'example-2',
  title,
  instead,
  before: { durationMs: around(beforeMs) },
  after: { durationMs: around(afterMs) },
  estimate: around(beforeMs / afterMs),
});

const effect = (...reads: IndexEffect['reads']): IndexEffect => ({
  reads,
  writes: [insert('social_media_activity', 800, 1006)],
});

const updating = (before: number, after: number): IndexEffect => ({
  reads: [],
  writes: [...effect().writes, update(before, after)],
});

const build = (buildMs: number, lock: string, longestWriteMs: number) => ({
  buildMs,
  lock,
  longestWriteMs,
  usualWriteMs: 0.33,
  isValid: true,
});

const facts = (name: string, alone: IndexEffect, last: IndexEffect): AccountFacts => ({
  name,
  table: 'social_media_activity',
  bytes: 573_440,
  alone,
  last,
  definition: `CREATE INDEX ${name} ON public.social_media_activity USING btree (lead_id)`,
  builds: {
    plain: build(94.6, 'ShareLock', 95.1),
    concurrently: build(131, 'ShareUpdateExclusiveLock', 2.4),
  },
  usedBy: last.reads.map(({ id }) => id),
  isExercised: true,
  redundant: [{ name: 'ix_old', relation: 'its leading keys', bytes: 401_408, effect: effect() }],
  kinship: { redundant: [], coveredBy: undefined, extendedBy: undefined },
});

const served = effect(read('Example 2  recent activity', 13.3, 0.11, []));

/** Figures of an index worth its cost. */
export const sampleFacts = (): AccountFacts => facts('ix_social_media_activity_lead_id', served, served);

/** Two accounts: an index worth its cost, and one that another index can replace. */
export const sampleLedger = (): Ledger => ({
  baseline: 'shipped',
  whole: [insert('social_media_activity', 800, 1212)],
  accounts: [
    accountOf(sampleFacts(), false),
    accountOf({ ...facts('ix_idle', updating(363, 0), updating(0, 0)), redundant: [] }, true),
    {
      name: 'ix_broken',
      table: 'leads',
      definition: 'CREATE INDEX ix_broken ON public.leads (x)',
      state: 'failed',
      error: { message: 'canceling statement due to lock timeout' },
    },
  ],
  leftover: {
    name: 'ix_social_media_activity_lead_id',
    error: 'canceling statement due to statement timeout',
    isValid: false,
    bytes: 0,
  },
});

/** An index that PostgreSQL refuses as written, and creates in another form. */
export const sampleOpportunities = (): Result['opportunities'] => [
  {
    title: '1. Partial Indexes for Status Columns',
    table: 'leads',
    asWritten: {
      ...{
        state: 'refused',
        sql: "CREATE INDEX ix_leads_active ON leads (created_at) WHERE status = 'active'",
      },
      message: 'column "status" does not exist',
    },
    nearest: {
      state: 'created',
      sql: 'CREATE INDEX ix_leads_active ON leads (created_at)',
      made: [{ name: 'ix_leads_active', bytes: 81_920, buildMs: 1.9 }],
      dropped: [],
    },
    reads: [],
    writes: [insert('leads', 800, 850)],
  },
];
