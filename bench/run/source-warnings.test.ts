import { expect, test } from 'vitest';
import { sampleResult } from '../report/sample-result.fixture.ts';
import { salesAgent } from '../suites/sales-agent/suite.ts';
import type { Suite } from '../suite/suite.ts';
import { distributionWarnings } from './distribute.ts';
import { sourceWarnings } from './source-warnings.ts';

const { environment } = sampleResult();

/** What is warned of a suite whose source has these statements. */
const warned = (share: number, countedHours?: number): string[] => {
  const statements = {
    ...{ observed: 13, replayed: 1, share, leftOut: [] },
    ...(countedHours !== undefined && { countedHours }),
  };
  const source = {
    ...{ postgresVersion: environment.postgresVersion, readAt: '2026-01-31T00:00:00Z', statements },
    ...{ schemaBy: 'catalog' as const, tables: [], leftOut: [] },
  };
  return sourceWarnings({ ...salesAgent, source }, environment).map(({ cause }) => cause);
};

test('where much of the time is left out, the verdict is said to be about the rest alone', () => {
  expect(warned(0.027)).toEqual([
    '1 of 13 statements are measured, 2.7 % of the execution time: the verdict is about these alone',
  ]);
  expect(warned(0.95)).toEqual([]);
});

test('weights of a few minutes are said to be that', () => {
  expect(warned(1, 0.1)).toEqual([
    'the weights are calls per hour, and their calls were counted over 6 minutes only: another hour may be unlike it',
  ]);
  expect(warned(1, 30)).toEqual([]);
});

const inShards = { distribution: undefined, source: { distributed: ['posts'] } } as unknown as Suite;

test('a source that is a cluster is said to be measured on one machine, and on a cluster nothing', () => {
  const [warning] = distributionWarnings(inShards);
  expect(warning?.cause).toContain('the source is a cluster: posts are in shards there, and whole here');
  const made = { tables: [], changed: [] };
  expect(distributionWarnings({ ...inShards, distribution: 'distribution.sql' }, made)).toEqual([]);
  expect(distributionWarnings(salesAgent)).toEqual([]);
});
