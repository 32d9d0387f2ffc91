import type { Trend } from '../model/trend.ts';

const nightly = (night: number): string => new Date(Date.UTC(2026, 0, 1 + night, 2)).toISOString();

/** Points around a value, night after night; the last one is elsewhere. */
function points(around: number, nights: number, last: number): Trend['points'] {
  return Array.from({ length: nights }, (_, night) => {
    const point = night === nights - 1 ? last : around * (1 + 0.08 * Math.sin(night * 7));
    const estimate = { point, low: point * 0.94, high: point * 1.07, confidence: 0.959, n: 20 };
    return {
      startedAt: nightly(night),
      estimate: { ...estimate, method: 'median of paired log ratios, order-statistic interval' },
      isNoisy: night % 9 === 4,
    };
  });
}

/** Three trends: one leaves its band, one stays inside, one has no band yet. */
export const sampleTrends = (): Trend[] => [
  {
    id: 'recent',
    title: 'Example 2  recent activity',
    baseline: 'shipped',
    metric: 'speedup',
    points: points(70, 30, 31),
    band: { low: 62, high: 78, nights: 29 },
  },
  {
    id: 'update',
    title: 'UPDATE leads.updated_at',
    baseline: 'shipped',
    metric: 'overhead',
    points: points(0.15, 20, 0.151),
    band: { low: 0.13, high: 0.17, nights: 19 },
  },
  {
    id: 'insert',
    title: 'INSERT leads',
    baseline: 'bare',
    metric: 'overhead',
    points: points(0.03, 1, 0.03),
    band: undefined,
  },
];
