import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liveInComment } from '../../../../tests/fuzz/rendered-markdown.fixture.ts';
import { drawing } from '../../../../tests/fuzz/seed.fixture.ts';
import { poisonedText, POISONS, resultText } from '../../../../tests/fuzz/result-files.fixture.ts';
import type { Result } from '../../../model/result.ts';
import { parseResult } from '../../result-file.ts';
import { sampleResult } from '../../sample-result.fixture.ts';
import { renderBencher } from './bencher.ts';
import { renderPrComment } from './pr-comment.ts';
import { renderGithubActionBenchmark } from './github-action-benchmark.ts';

const sample = sampleResult();

/**
 * What github-action-benchmark reads of an entry (benchmark-action/github-action-benchmark, src/extract.ts,
 * `BenchmarkResult` and the custom tools); it refuses an empty array.
 */
const ENTRIES = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['name', 'value', 'unit'],
    properties: {
      name: { type: 'string', minLength: 1 },
      value: { type: 'number' },
      unit: { type: 'string', minLength: 1 },
      range: { type: 'string' },
      extra: { type: 'string' },
    },
    additionalProperties: false,
  },
};

/**
 * Bencher's own schema (https://bencher.dev/bmf.json), with what it says elsewhere: a benchmark's name has 1 to 1,024
 * bytes (bencherdev/bencher, lib/bencher_valid/src/benchmark_name.rs), a measure's slug up to 64 (slug.rs).
 */
const METRICS = {
  type: 'object',
  propertyNames: { minLength: 1, maxLength: 1024, pattern: '^[ -~]+$' },
  additionalProperties: {
    type: 'object',
    minProperties: 1,
    propertyNames: { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 },
    additionalProperties: {
      type: 'object',
      required: ['value'],
      properties: {
        value: { type: 'number' },
        lower_value: { type: 'number' },
        upper_value: { type: 'number' },
      },
      additionalProperties: false,
    },
  },
};

const PAGE = 'https://github.com/example/shop/actions/runs/1';

const [areEntries, areMetrics] = [new Ajv().compile(ENTRIES), new Ajv().compile(METRICS)];

interface Entry {
  name: string;
  value: number;
  unit: string;
  range?: string;
  extra: string;
}
type Metrics = Record<string, Record<string, { value: number; lower_value?: number; upper_value?: number }>>;

const entriesOf = (result: Result) => JSON.parse(renderGithubActionBenchmark(result)) as Entry[];
const metricsOf = (result: Result) => JSON.parse(renderBencher(result)) as Metrics;

const isMeasured = ({ state }: { state: string }): boolean => state === 'measured';

describe('what github-action-benchmark tracks', () => {
  test('is of the shape that it reads', () => {
    expect(areEntries(entriesOf(sample)), JSON.stringify(areEntries.errors)).toBe(true);
  });

  test('is every duration with a range that the tool can convert, and the whole interval beside it', () => {
    const durations = entriesOf(sample).filter(({ unit }) => unit === 'ms');
    expect(durations).toHaveLength([...sample.reads, ...sample.writes].filter(isMeasured).length);
    for (const { range = '', extra } of durations) {
      const figure = /(?:\+-|±)\s*(\d.+)/.exec(range)?.[1];
      expect(Number(figure)).toBeGreaterThan(0);
      expect(extra).toMatch(/after [\d.]+ ms \[[\d.]+, [\d.]+\], 95 % interval/);
    }
  });

  test('has the bytes that a write logs, and those of all indexes', () => {
    expect(entriesOf(sample)).toContainEqual(
      expect.objectContaining({ name: 'shipped/insert-leads WAL', unit: 'bytes', value: 130_712 / 200 }),
    );
    expect(entriesOf(sample)).toContainEqual(
      expect.objectContaining({ name: 'bare/indexes', unit: 'bytes', value: 2 * (466_944 + 612_352) }),
    );
  });
});

describe('what Bencher tracks', () => {
  test('is of the shape that it reads', () => {
    expect(areMetrics(metricsOf(sample)), JSON.stringify(areMetrics.errors)).toBe(true);
  });

  test('is latency in nanoseconds, and the ratio, each within its interval', () => {
    const read = sample.reads[0];
    if (read?.state !== 'measured') throw new Error('not measured');
    const { latency, speedup } = metricsOf(sample)['shipped/example-1'] ?? {};
    expect(latency?.value).toBeCloseTo(read.after.durationMs.point * 1e6, 3);
    expect(speedup).toEqual({
      value: read.estimate.point,
      lower_value: read.estimate.low,
      upper_value: read.estimate.high,
    });
    const estimates = Object.values(metricsOf(sample)).flatMap((measures) =>
      Object.entries(measures).filter(([name]) => !name.endsWith('-bytes')),
    );
    for (const [, { value, lower_value, upper_value }] of estimates) {
      expect(lower_value).toBeLessThanOrEqual(value);
      expect(upper_value).toBeGreaterThanOrEqual(value);
    }
  });

  test("has the verdict's own number", () => {
    expect(metricsOf(sample)['shipped/mix']?.['net-saved-ms']?.value).toBe(
      sample.migration?.balance?.netMs.point,
    );
  });
});

test('an item that could not be measured is absent, not zero', () => {
  expect(entriesOf(sample).map(({ name }) => name)).not.toContain('bare/simple-where');
  expect(Object.keys(metricsOf(sample))).not.toContain('bare/simple-where');
});

test.each(POISONS)('%s changes no shape, and is markup in no name', (_, poison) => {
  const poisoned = parseResult(poisonedText(poison), 'result.json');
  const [entries, metrics] = [entriesOf(poisoned), metricsOf(poisoned)];
  expect(areEntries(entries), JSON.stringify(areEntries.errors)).toBe(true);
  expect(areMetrics(metrics), JSON.stringify(areMetrics.errors)).toBe(true);
  for (const { name } of entries) expect(name).toMatch(/^[\w./-]+(?: WAL)?$/);
});

test('whatever a result.json holds, the trackers get valid input and a comment has no live markup', () => {
  let results = 0;
  fc.assert(
    fc.property(resultText, (text) => {
      const result = accepted(text);
      if (!result) return;
      results += 1;
      const entries = entriesOf(result);
      expect(entries.length === 0 || areEntries(entries), JSON.stringify(areEntries.errors)).toBe(true);
      expect(areMetrics(metricsOf(result)), JSON.stringify(areMetrics.errors)).toBe(true);
      expect(liveInComment(renderPrComment(result, PAGE), PAGE)).toEqual([]);
    }),
    drawing(800),
  );
  expect(results).toBeGreaterThan(10);
});

function accepted(text: string): Result | undefined {
  try {
    return parseResult(text, 'result.json');
  } catch {
    return undefined;
  }
}
