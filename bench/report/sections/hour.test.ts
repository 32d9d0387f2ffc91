import { expect, test } from 'vitest';
import { judgeMigration } from '../../analyse/migration.ts';
import type { Result } from '../../model/result.ts';
import { sampleResult } from '../sample-result.fixture.ts';
import { hourSection } from './hour.ts';
import { reportSections } from './report-sections.ts';

/** The sample with each read called 7,200 times an hour, and each write 360,000 times. */
function perHour(): Result {
  const sample = sampleResult();
  const weighed = <Row extends { weight: number }>(rows: readonly Row[], weight: number): Row[] =>
    rows.map((row) => ({ ...row, weight }));
  const result: Result = {
    ...sample,
    run: { ...sample.run, weightsAre: 'calls per hour', mix: { reads: 21_600, writes: 720_000 } },
    reads: weighed(sample.reads, 7_200),
    writes: weighed(sample.writes, 360_000),
  };
  const migration = judgeMigration(result);
  return { ...result, ...(migration && { migration }) };
}

test('an hour lists each statement with its calls, what it saves or adds, and what more it logs', () => {
  const { tables, remarks } = hourSection(perHour(), 'page');
  const [table] = tables;
  expect(table?.columns.map(({ heading }) => heading)).toEqual([
    'statement',
    'calls',
    'saved',
    'added',
    'more WAL',
  ]);
  expect(table?.rows.map(([title, calls]) => [title, calls])).toEqual([
    ['Example 2, recent activity', '7,200'],
    ['Example 1, top leads', '7,200'],
    ['Example 2, cold key', '7,200'],
    ['INSERT leads', '360,000'],
    ['UPDATE leads.updated_at', '360,000'],
  ]);
  expect(table?.rows[0]?.[2]).toMatch(/^96\.\d s \[9\d\.\d, 9\d\.\d\]$/);
  expect(table?.rows[4]?.slice(2)).toEqual(['', expect.stringMatching(/^18\.\d s \[/), '+143 MB']);
  expect(remarks[0]).toContain('on shipped');
});

test('a report of proportions has no hour', () => {
  expect(hourSection(sampleResult(), 'page').tables).toEqual([]);
  const titles = reportSections(sampleResult(), 'page').map(({ title }) => title);
  expect(titles).not.toContain('An hour of the application');
  expect(reportSections(perHour(), 'page').map(({ title }) => title)).toContain('An hour of the application');
});
