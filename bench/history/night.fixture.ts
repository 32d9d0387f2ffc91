import type { Night, NightItem, SeriesKey } from '../model/night.ts';
import type { Estimate } from '../model/estimate.ts';

const KEY: SeriesKey = {
  suite: 'sales-agent',
  candidate: '007',
  target: 'embedded',
  PostgreSQL: '18.4',
  workload: 'full',
  baselines: 'shipped and bare',
  seed: 42,
  scale: 1,
  hardware: 'Example CPU, 2 cores, 8 GB',
};

const estimate = (point: number, width: number): Estimate => ({
  point,
  low: point - width,
  high: point + width,
  confidence: 0.96,
  n: 20,
  method: 'median of paired log ratios, order-statistic interval',
});

/** A read that takes 1 ms before and `afterMs` after. */
export const readTaking = (afterMs: number, beforeMs = 1, id = 'hot-key'): NightItem => ({
  id: `read/shipped/${id}`,
  title: `Recent activity, ${id}`,
  baseline: 'shipped',
  only: id,
  exact: {
    'answer checksum': 'c'.repeat(64),
    'plan after': 'Limit(Index Scan[posts | ix_posts_lead])',
    'indexes used': 'ix_posts_lead',
    'blocks after': 24,
  },
  timed: {
    metric: 'speedup',
    ratio: estimate(beforeMs / afterMs, 0.02 * (beforeMs / afterMs)),
    afterMs: estimate(afterMs, 0.02 * afterMs),
  },
});

export const writeLogging = (records: number, hotUpdates = 90): NightItem => ({
  id: 'write/shipped/update-leads',
  title: 'UPDATE leads.updated_at',
  baseline: 'shipped',
  only: 'update-leads',
  exact: { 'WAL records after': records, 'HOT updates after': hotUpdates },
  timed: { metric: 'overhead', ratio: estimate(0.1, 0.01), afterMs: estimate(0.33, 0.01) },
});

/** Other items with constant times: they set the pace of a night. */
export const bystanders = (pace = 1): NightItem[] =>
  ['a', 'b', 'c'].map((id) => readTaking(0.1 * pace, pace, `bystander-${id}`));

export const night = (ordinal: number, items: readonly NightItem[], key: Partial<SeriesKey> = {}): Night => ({
  kind: 'night',
  run: `run-${ordinal}`,
  startedAt: new Date(Date.UTC(2026, 0, 1 + ordinal, 3)).toISOString(),
  command: 'index-impact run --workload full --seed 42',
  key: { ...KEY, ...key },
  isNoisy: false,
  items: [...items, ...bystanders()],
});

/** This many usual nights, each a little different. */
export const usualNights = (count: number): Night[] =>
  Array.from({ length: count }, (_, ordinal) => {
    const wobble = 1 + 0.02 * Math.sin(ordinal);
    return night(ordinal, [readTaking(0.1 * wobble), writeLogging(1_097)]);
  });
