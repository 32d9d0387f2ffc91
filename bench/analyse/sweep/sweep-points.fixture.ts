import type { SweepPoint, SweptIndex, SweptPlan, SweptTimes } from '../../model/sweep.ts';

/** A table with so many rows at scale 1. */
export const ROWS_AT_SCALE_ONE = 1_000;

/** What happens to the one read of these points at a scale. */
export interface Happening {
  uses?: readonly string[];
  verdict?: 'faster' | 'no material difference';
  /** Of index `ix`. */
  builds?: readonly number[];
}

/** A sweep of one table and one read, at these scales. */
export const pointsAt = (happenings: Readonly<Record<number, Happening>>): SweepPoint[] =>
  Object.entries(happenings)
    .map(([scale, happening]) => pointAt(Number(scale), happening))
    .toSorted((a, b) => a.scale - b.scale);

function pointAt(scale: number, { uses = [], verdict, builds = [] }: Happening): SweepPoint {
  const rows = Math.round(scale * ROWS_AT_SCALE_ONE);
  return {
    scale,
    tables: [{ table: 'orders', rows, bytes: rows * 100 }],
    plans: [plan(uses)],
    indexes: builds.length > 0 ? [index(rows, builds)] : [],
    ...(verdict && { run: { id: `run-${scale}`, reads: [times(verdict)], writes: [] } }),
  };
}

const plan = (uses: readonly string[]): SweptPlan => ({
  read: 'top',
  title: 'Top orders',
  baseline: 'shipped',
  changed: uses.length > 0,
  candidateIndexes: [...uses],
  tables: ['orders'],
});

const index = (rows: number, builds: readonly number[]): SweptIndex => ({
  index: 'ix',
  table: 'orders',
  baseline: 'shipped',
  bytes: 8192 + 20 * rows,
  builds: builds.map((buildMs) => ({ buildMs, walBytes: 21 * rows })),
});

const times = (verdict: 'faster' | 'no material difference'): SweptTimes => {
  const point = verdict === 'faster' ? 2 : 1;
  const estimate = {
    point,
    low: point / 1.02,
    high: point * 1.02,
    confidence: 0.95,
    n: 6,
    method: 'made up',
  };
  return {
    id: 'top',
    title: 'Top orders',
    baseline: 'shipped',
    state: 'measured',
    beforeMs: point,
    afterMs: 1,
    estimate,
    verdict,
    isNoisy: false,
  };
};
