import type { Estimate } from '../../../model/estimate.ts';
import type { Result } from '../../../model/result.ts';
import { indexSizes, isFinite, seriesOf, type Series } from './series.ts';

interface Metric {
  value: number;
  lower_value?: number;
  upper_value?: number;
}

type Metrics = [measure: string, metric: Metric][];

const NS_PER_MS = 1e6;

/**
 * Bencher Metric Format: `{ benchmark: { measure: { value, lower_value, upper_value } } }`
 * (https://bencher.dev/bmf.json; names and their lengths: bencherdev/bencher, lib/bencher_valid/src/benchmark_name.rs
 * and slug.rs). `latency` is Bencher's own measure, in nanoseconds; a project gets a new measure when it first
 * receives one. Counted values, such as bytes, are exact and have no bounds.
 */
export function renderBencher(result: Result): string {
  const benchmarks = [
    ...seriesOf(result).map((series): [string, Metrics] => [series.name, metricsOf(series)]),
    ...indexSizes(result).map(({ name, bytes }): [string, Metrics] => [
      name,
      [['index-bytes', { value: bytes }]],
    ]),
    ...mixOf(result),
  ].filter(([, metrics]) => metrics.length > 0);
  const entries = benchmarks.map(([name, metrics]) => [name, Object.fromEntries(metrics)] as const);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function metricsOf({ kind, row, walBytes }: Series): Metrics {
  return [
    ...metric('latency', row.after.durationMs, NS_PER_MS),
    ...metric(kind === 'read' ? 'speedup' : 'overhead', row.estimate),
    ...(walBytes === undefined ? [] : ([['wal-bytes', { value: walBytes }]] satisfies Metrics)),
  ];
}

/** The figures of the verdict, in milliseconds per 1,000 statements. */
function mixOf({ migration }: Result): [string, Metrics][] {
  if (!migration?.balance) return [];
  const { savedMs, addedMs, netMs } = migration.balance;
  const metrics = [
    ...metric('saved-ms', savedMs),
    ...metric('added-ms', addedMs),
    ...metric('net-saved-ms', netMs),
  ];
  return [[`${migration.baseline}/mix`, metrics]];
}

function metric(measure: string, { point, low, high }: Estimate, factor = 1): Metrics {
  const scaled = { point: point * factor, low: low * factor, high: high * factor };
  if (!isFinite(scaled)) return [];
  return [[measure, { value: scaled.point, lower_value: scaled.low, upper_value: scaled.high }]];
}
