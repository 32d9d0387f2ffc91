import { expect, test } from 'vitest';
import { madeExecutions } from '../analyse/executions.fixture.ts';
import { judge } from '../analyse/judge.ts';
import type { WriteCounters } from '../model/counters.ts';
import type { WriteMeasurement } from '../model/measurement.ts';
import type { Pair } from '../model/pair.ts';
import type { Result } from '../model/result.ts';
import { sampleResult } from '../report/sample-result.fixture.ts';
import {
  allAre,
  allHotUpdatesAreLost,
  eachIndexIs,
  exclusionsIn,
  nothingDiffers,
  nothingIsClaimed,
  onlyP99IsSlower,
} from './truths.ts';

const pairs = (afterMs: number, spread: number): Pair[] =>
  Array.from({ length: 20 }, (_, i) => {
    const scatter = (1 + spread) ** ((((i * 7) % 20) - 9.5) / 2);
    return {
      first: 'before',
      before: { medianMs: 10 / scatter, executions: 3 },
      after: { medianMs: afterMs * scatter, executions: 3 },
    };
  });

interface Made {
  /** Of the executions after, one in so many is ten times as long. */
  slowEvery?: number;
  afterMs?: number;
  spread?: number;
  hotAfter?: number;
}

const countedUpdates = (hotUpdates: number): WriteCounters => {
  const wal = { records: 0, bytes: 0, fullPageImages: 0 };
  const counted = { postCheckpoint: wal, steady: wal, buffersDirtied: 0, perIndex: [], scans: [] };
  const updates = { updates: 600, hotUpdates };
  return { executions: 300, ...counted, updates, deadRows: 0, indexGrowthBytes: 0 };
};

/** A result of one UPDATE: identical arms with only HOT updates by default. */
function resultOf({ afterMs = 10, spread = 0.001, hotAfter = 600, slowEvery = Infinity }: Made): Result {
  const write: WriteMeasurement = {
    item: {
      kind: 'write',
      id: 'update',
      title: 'UPDATE',
      workload: 'headline',
      weight: 1,
      sql: 'UPDATE t SET a = 1',
      operation: 'UPDATE',
      table: 't',
      draw: () => [],
    },
    baseline: 'shipped',
    state: 'measured',
    pairs: pairs(afterMs, spread),
    executions: madeExecutions('update', { typicalMs: { before: 10, after: afterMs }, slowEvery }),
    disturbances: [],
    asynchronous: undefined,
    counters: { before: countedUpdates(600), after: countedUpdates(hotAfter) },
  };
  return { ...sampleResult(), ...judge({ reads: [], writes: [write], canaries: [] }) };
}
const alike = resultOf({});
const slower = resultOf({ afterMs: 11 });
const vague = resultOf({ spread: 0.1 });
const failed: Result = {
  ...alike,
  writes: sampleResult().writes.slice(0, 0),
  reads: sampleResult().reads.slice(-1),
};

test('where nothing differs, every row must have no material difference', () => {
  expect(nothingDiffers([alike, alike])).toEqual({
    found: '2 of 2 rows without material difference',
    problems: [],
  });
  expect(nothingDiffers([alike, slower]).problems).toEqual(['update slower +10.0 % [+9.5, +10.5]']);
  expect(nothingDiffers([vague]).problems).toHaveLength(1);
  expect(nothingDiffers([failed]).problems).toEqual(['simple-where failed: column "missing" does not exist']);
});

test('where all is noise, inconclusive is right and a verdict is wrong', () => {
  expect(nothingIsClaimed([alike, vague]).problems).toEqual([]);
  expect(nothingIsClaimed([slower]).problems).toHaveLength(1);
});

test('a known difference must be found, with its direction and size', () => {
  expect(allAre('slower')([slower]).problems).toEqual([]);
  expect(allAre('slower', [0.08, 0.12])([slower]).problems).toEqual([]);
  expect(allAre('slower', [0.2, 0.3])([slower]).problems).toHaveLength(1);
  expect(allAre('faster')([slower]).problems).toHaveLength(1);
  expect(allAre('slower')([alike]).problems).toHaveLength(1);
});

test('a write must be slower at p99, and not in the median', () => {
  const { found, problems } = onlyP99IsSlower([resultOf({ slowEvery: 40 })]);
  expect(found).toMatch(/^update no material difference 0\.0 % \[.+\], p50 .+\], p99 \+[\d.,]+ %/);
  expect(problems).toEqual([]);
  expect(onlyP99IsSlower([alike]).problems).toHaveLength(1);
  expect(onlyP99IsSlower([resultOf({ slowEvery: 40, afterMs: 11 })]).problems).toHaveLength(1);
  expect(onlyP99IsSlower([failed]).problems).toHaveLength(1);
});

test('every HOT update must be lost, exactly', () => {
  expect(allHotUpdatesAreLost([resultOf({ hotAfter: 0 })])).toEqual({
    found: 'before 600 of 600 HOT, after 0 of 600 HOT',
    problems: [],
  });
  expect(allHotUpdatesAreLost([resultOf({ hotAfter: 1 })]).problems).toHaveLength(1);
  expect(allHotUpdatesAreLost([failed]).problems).not.toEqual([]);
});

test('every index must be recommended as it is known to be', () => {
  const [account] = alike.ledger?.accounts ?? [];
  if (account?.state !== 'measured') throw new Error('the sample has no account');
  const judgedTo = (action: 'keep' | 'drop'): Result => ({
    ...alike,
    ledger: {
      baseline: 'shipped',
      whole: [],
      accounts: [{ ...account, recommendation: { action, reason: 'so it is' } }],
    },
  });
  expect(eachIndexIs('keep')([judgedTo('keep')])).toEqual({
    found: `${account.name}: keep, so it is`,
    problems: [],
  });
  expect(eachIndexIs('keep')([judgedTo('keep'), judgedTo('drop')]).problems).toEqual([
    'not every index: keep',
  ]);
  expect(eachIndexIs('drop')([{ ...alike, ledger: undefined }]).problems).toHaveLength(1);
});

test('intervals of identical arms that exclude 1 are counted, with their error rate', () => {
  const forty = Array.from({ length: 40 }, (_, position) => (position < 3 ? slower : alike));
  expect(exclusionsIn(forty)).toMatchObject({ hits: 3, trials: 40, most: 5 });
});
