import { clientDurations, asOverhead, timesOf } from '../analyse/estimates.ts';
import { claimVerdict } from '../run/judge-claims.ts';
import { randomFor } from '../../seed/random.ts';
import type { Baseline } from '../model/arm.ts';
import type { CanaryMeasurement, ReadMeasurement, Timed, WriteMeasurement } from '../model/measurement.ts';
import type { ClaimEvidence, ClaimResult } from '../model/claim.ts';
import type { Pair } from '../model/pair.ts';
import type { PlanComparison, PlanNode, QueryPlan } from '../model/plan.ts';

/** Pairs scattered around a ratio, equal in every run: measured in one go. */
export function pairs(purpose: string, beforeMs: number, afterMs: number, count = 20): Pair[] {
  const random = randomFor(1, purpose);
  const block = (ms: number) => ({
    medianMs: ms * (0.98 + random() * 0.04),
    executions: 12,
    serverMeanMs: ms * 0.7 * (0.98 + random() * 0.04),
  });
  return Array.from({ length: count }, (_, ordinal) => ({
    first: ordinal % 2 === 0 ? ('before' as const) : ('after' as const),
    before: block(beforeMs),
    after: block(afterMs),
  }));
}

/** The same, two in each round. */
export const pairsInRounds = (purpose: string, beforeMs: number, afterMs: number, rounds = 20): Pair[] =>
  pairs(purpose, beforeMs, afterMs, 2 * rounds).map((pair, position) => ({
    round: Math.floor(position / 2) + 1,
    ...pair,
  }));

export const scan = (table: string): QueryPlan => ({
  signature: `Limit(Sort[${table}](Seq Scan[${table}]))`,
  indexes: [],
  tree: {
    type: 'Limit',
    children: [
      {
        type: 'Sort',
        sortKey: ['posted_at DESC'],
        children: [{ type: 'Seq Scan', relation: table, children: [] }],
      },
    ],
  },
});

export function indexScan(table: string, index: string): QueryPlan {
  const tree: PlanNode = {
    type: 'Limit',
    children: [{ type: 'Index Scan', relation: table, index, children: [] }],
  };
  return { signature: `Limit(Index Scan[${table} | ${index}])`, indexes: [index], tree };
}

export const plans = (before: QueryPlan, after: QueryPlan): PlanComparison => ({
  before,
  after,
  changed: before.signature !== after.signature,
  candidateIndexes: after.indexes,
});

export function read(
  id: string,
  title: string,
  baseline: Baseline,
  [beforeMs, afterMs]: [number, number],
  compared: PlanComparison,
): Extract<ReadMeasurement, { state: 'measured' }> {
  const sql = `SELECT * FROM social_media_activity\nWHERE lead_id = $1\nORDER BY posted_at DESC\nLIMIT 20`;
  const item = {
    kind: 'read',
    id,
    title,
    workload: 'headline',
    weight: 1,
    source: 'Example 2',
    sql,
  } as const;
  const measured = pairsInRounds(`${id} ${baseline}`, beforeMs, afterMs);
  return {
    item,
    baseline,
    parameters: ['123'],
    state: 'measured',
    pairs: measured,
    disturbances: [],
    plans: compared,
    counters: COUNTERS,
    planning: measured.map(({ before, after }) => ({
      before: (0.1 * before.medianMs) / beforeMs,
      after: (0.13 * after.medianMs) / afterMs,
    })),
    answers: { comparison: 'same', sha256: 'c'.repeat(64) },
  };
}

export function write(
  id: string,
  title: string,
  baseline: Baseline,
  times: [number, number],
  rounds?: number,
): Extract<WriteMeasurement, { state: 'measured' }> {
  const sql = 'UPDATE leads SET updated_at = $2 WHERE id = $1';
  const [kind, workload, operation, table] = ['write', 'headline', 'UPDATE', 'leads'] as const;
  const item = { kind, id, title, workload, weight: 1, operation, table, sql, draw: () => [] };
  const measured = pairsInRounds(`${id} ${baseline}`, ...times, rounds);
  return {
    item,
    baseline,
    state: 'measured',
    pairs: measured,
    disturbances: [],
    counters: id.startsWith('update-') ? WRITE_COUNTERS : COUNTERS_WITHOUT_UPDATES,
    asynchronous: asynchronousOf(id, times),
  };
}

/** Four writers at once. */
export function timesOfWriters() {
  const measured = pairs('writers', 0.12, 0.13, 12);
  const times = timesOf(clientDurations(measured));
  if (!times) throw new Error('too few pairs');
  return { pairs: measured, ...asOverhead(times) };
}

/** Only the UPDATE of leads.updated_at was also timed without waiting for the disk. */
const asynchronousOf = (id: string, [beforeMs, afterMs]: [number, number]): Timed | undefined =>
  id.endsWith('updated-at')
    ? { pairs: pairsInRounds(`${id} asynchronous`, beforeMs / 3, afterMs / 2.5, 8), disturbances: [] }
    : undefined;

const counted = (sharedBlocks: number) => ({
  sharedBlocks,
  tempBlocks: 0,
  rows: 20,
  heapFetches: 0,
  indexSearches: 1,
});
/** What a write that updates nothing counts. */
const COUNTERS_WITHOUT_UPDATES = {
  before: {
    executions: 200,
    postCheckpoint: { records: 461, bytes: 823_104, fullPageImages: 96, bytesWithoutImages: 48_912 },
    steady: { records: 452, bytes: 47_640, fullPageImages: 0, bytesWithoutImages: 47_640 },
    buffersDirtied: 4,
    perIndex: [{ index: 'leads_pkey', records: 12 }],
    deadRows: 37,
    indexGrowthBytes: 0,
    scans: [{ index: 'leads_pkey', scans: 400 }],
  },
  after: {
    executions: 200,
    postCheckpoint: { records: 1_702, bytes: 1_901_440, fullPageImages: 240, bytesWithoutImages: 131_720 },
    steady: { records: 1_688, bytes: 138_904, fullPageImages: 1, bytesWithoutImages: 130_712 },
    buffersDirtied: 11,
    perIndex: [
      { index: 'ix_leads_updated_at', records: 211 },
      { index: 'leads_pkey', records: 203 },
    ],
    deadRows: 400,
    indexGrowthBytes: 81_920,
    scans: [{ index: 'leads_pkey', scans: 400 }],
  },
};
const WRITE_COUNTERS = {
  before: { ...COUNTERS_WITHOUT_UPDATES.before, updates: { updates: 400, hotUpdates: 363 } },
  after: { ...COUNTERS_WITHOUT_UPDATES.after, updates: { updates: 400, hotUpdates: 0 } },
};
const COUNTERS = { before: counted(4231), after: counted(24) };

/** A canary: an INSERT between two copies, with these times. */
export function canary(times: [number, number]): CanaryMeasurement {
  const { item, baseline } = write('insert-leads', 'INSERT leads', 'shipped', times);
  const measured = pairsInRounds(`${item.id} ${baseline}`, ...times);
  return { item, baseline, state: 'measured', pairs: measured, disturbances: [] };
}

export const claim = (
  head: Omit<ClaimResult, 'evidence' | 'verdict'>,
  evidence: ClaimEvidence[],
): ClaimResult => ({
  ...head,
  evidence,
  verdict: claimVerdict(evidence),
});
