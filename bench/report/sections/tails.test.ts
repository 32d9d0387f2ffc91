import { expect, test } from 'vitest';
import { madeExecutions } from '../../analyse/executions.fixture.ts';
import { judge } from '../../analyse/judge.ts';
import { judgeMigration } from '../../analyse/migration.ts';
import { summarize } from '../../analyse/summary.ts';
import { binsOf } from '../../model/histogram.ts';
import type { Result } from '../../model/result.ts';
import { renderDigest } from '../formats/terminal/digest/digest.ts';
import { parseResult, serializeResult } from '../result-file.ts';
import { pairsInRounds, write } from '../sample-items.fixture.ts';
import { sampleMeasurements, sampleResult } from '../sample-result.fixture.ts';
import { tailsSection } from './tails.ts';

/** The sample, in which every so many executions of INSERT leads take ten times as long with the candidate. */
function withSlow(slowEvery: number, typicalMs = { before: 0.36, after: 0.36 }): Result {
  const measured = sampleMeasurements();
  const insert = {
    ...write('insert-leads', 'INSERT leads', 'shipped', [0.36, 0.36]),
    pairs: pairsInRounds('insert-leads', typicalMs.before, typicalMs.after),
    executions: madeExecutions('slow', { typicalMs, slowEvery }),
  };
  const changed = { ...sampleResult(), ...judge({ ...measured, writes: [insert] }) };
  const migration = judgeMigration(changed);
  const judged = { ...changed, ...(migration && { migration }) };
  return { ...judged, summary: summarize(judged) };
}

const slowTail = withSlow(40);
const digestOf = (result: Result): string => renderDigest(result, { columns: 200, color: false });

test('a write whose p99 becomes slower although its median does not is said in the verdict', () => {
  const [insert] = slowTail.writes;
  expect(insert).toMatchObject({ verdict: 'no material difference' });
  expect(slowTail.migration?.verdict).toBe('ship with cost');
  expect(slowTail.summary.join(' ')).toMatch(
    /P99 of INSERT leads becomes slower, 0\.\d+ -> \d\.\d+ ms \(\+[\d.,]+ % \[\+[\d.,]+, \+[\d.,]+\]\), although its median does not\. .*on shipped 0 of 1 become slower and 1 at p99 only/,
  );
  expect(digestOf(slowTail)).toMatch(/p99 on shipped: slower in INSERT leads, 0\.\d+ -> \d\.\d+ ms\n/);
});

test('a screen shows the rows whose p99 and median differ, a page shows all', () => {
  const rowsIn = (result: Result, layout: 'page' | 'stacked') =>
    tailsSection(result, layout).tables.flatMap(({ rows }) => rows.map(([title]) => title));
  expect(rowsIn(slowTail, 'stacked')).toEqual(['INSERT leads']);
  expect(rowsIn(withSlow(Infinity), 'stacked')).toEqual([]);
  expect(rowsIn(slowTail, 'page')).toEqual(['Example 2, recent activity', 'INSERT leads']);
});

test('a write that is slower at every quantile is said once', () => {
  const slower = withSlow(40, { before: 0.36, after: 0.72 });
  expect(slower.writes[0]).toMatchObject({ verdict: 'slower' });
  expect(slower.summary.join(' ')).not.toContain('P99');
  expect(digestOf(slower)).not.toContain('p99');
});

test('result.json has a histogram of each arm in one line', () => {
  const text = serializeResult(slowTail);
  const lines = text.split('\n').filter((line) => line.includes('"firstBin"'));
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line).toMatch(/^ +"(before|after)": \{ "firstBin": -?\d+, "counts": \[/);
  const [insert] = parseResult(text, 'result.json').writes;
  const after = insert?.state === 'measured' ? insert.tails?.executions.after : undefined;
  expect(after && binsOf(after).reduce((sum, { count }) => sum + count, 0)).toBe(1200);
});
