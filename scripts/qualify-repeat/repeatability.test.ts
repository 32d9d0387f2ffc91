import { expect, test } from 'vitest';
import type { Result } from '../../bench/model/result.ts';
import { madeRun } from './made-runs.fixture.ts';
import { renderRepeatability } from './render.ts';
import { repeatabilityOf } from './repeatability.ts';

const made = [1, 1.004, 1.3].map((factor, run) => madeRun(run + 1, factor));

test('the table and its Markdown show each kind, clock and baseline, and what is not met', async () => {
  await expect(renderRepeatability(repeatabilityOf(made, true))).toMatchFileSnapshot(
    '../__golden__/qualify-repeat.txt',
  );
});

test('equal runs meet every demand, one that lies apart does not', () => {
  expect(repeatabilityOf([madeRun(1, 1), madeRun(2, 1)], false).problems).toEqual([]);
  const { problems } = repeatabilityOf(made, false);
  expect(problems.join('\n')).toMatch(/reads, client: points inside: \d+\.\d %, demanded 80\.0 %/);
  expect(problems.join('\n')).toMatch(/writes, server: overlapping intervals: \d+\.\d %, demanded 97\.0 %/);
});

test('one verdict of eight that differs is too much', () => {
  const changed = (rows: number): Result => {
    const run = madeRun(2, 1);
    const reads = run.reads.map((row, position) =>
      row.state === 'measured' && position < rows ? { ...row, verdict: 'unstable' as const } : row,
    );
    return { ...run, reads };
  };
  expect(repeatabilityOf([madeRun(1, 1), changed(0)], false).problems).toEqual([]);
  const { problems } = repeatabilityOf([madeRun(1, 1), changed(1)], false);
  expect(problems).toEqual(['equal verdicts: 87.5 %, demanded 98.0 %']);
});

test('half-widths are relative to the ratio, which is 1 + overhead of a write', () => {
  const { groups } = repeatabilityOf([madeRun(1, 1), madeRun(2, 1)], false);
  const moved = repeatabilityOf([madeRun(1, 2), madeRun(2, 2)], false).groups;
  const widths = (all: typeof groups): string[] => all.map(({ halfWidth }) => halfWidth.toFixed(6));
  expect(widths(moved)).toEqual(widths(groups));
});

test('a row that one run has not measured is named', () => {
  const lacking = madeRun(2, 1);
  const { missing } = repeatabilityOf(
    [madeRun(1, 1), { ...lacking, writes: lacking.writes.slice(1) }],
    false,
  );
  expect(missing).toEqual([
    'writes/shipped/update-leads-updated-at/client',
    'writes/shipped/update-leads-updated-at/server',
  ]);
});
