import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';
import type { Trend } from '../bench/model/trend.ts';
import { historyFigure } from '../bench/report/figures/history.ts';
import { parseResult, serializeResult } from '../bench/report/result-file.ts';
import { sampleResult } from '../bench/report/sample-result.fixture.ts';
import { writeReports } from '../bench/report/write-report.ts';
import { publish, readPublished } from './publish-report.ts';
import { publishedIndex, publishedTrends } from './published-index.ts';

const sample = sampleResult();

let reports: string;
beforeEach(async () => (reports = await mkdtemp(join(tmpdir(), 'publishing-'))));
afterEach(() => rm(reports, { recursive: true }));

/** A run's directory, with the files of a run. */
async function runOf(result: Result, page = 'page'): Promise<string> {
  const directory = join(reports, result.run.id);
  await mkdir(join(directory, 'figures'), { recursive: true });
  await writeFile(join(directory, 'result.json'), serializeResult(result));
  for (const name of ['report.md', 'report.html', 'rows.csv', 'figures/reads.svg'])
    await writeFile(join(directory, name), page);
  return directory;
}

const next: Result = {
  ...sample,
  run: { ...sample.run, id: '20251101-040000-c3d4', startedAt: '2025-11-01T04:00:00.000Z' },
};

const draw = (trends: readonly Trend[]) => ({
  alternative: 'how it went',
  svg: `<svg>${trends.flatMap(({ points }) => points).length}</svg>`,
});

test('a run is copied, and the index links its files', async () => {
  const run = await runOf(sample);
  const target = join(reports, 'published', '2025-10-04');
  const written = [target, join(reports, 'README.md'), join(reports, 'trend.svg')];
  expect(await publish(run, reports, draw)).toEqual(written);
  expect(await readdir(target, { recursive: true })).toEqual(await readdir(run, { recursive: true }));
  expect(await readFile(join(target, 'figures/reads.svg'), 'utf8')).toBe('page');
  expect(await readFile(join(reports, 'README.md'), 'utf8')).toContain('(published/2025-10-04/report.html)');
  expect((await readdir(reports)).toSorted()).toEqual(
    [sample.run.id, 'README.md', 'published', 'trend.svg'].toSorted(),
  );
});

test('the published result is packed, and gives the same reports, figures and rows', async () => {
  await writeReports(reports, sample);
  const run = join(reports, sample.run.id);
  const [target = ''] = await publish(run, reports);
  const text = await readFile(join(target, 'result.json'), 'utf8');
  expect(parseResult(text, 'result.json')).toEqual(sample);
  expect(text.length).toBeLessThan((await stat(join(run, 'result.json'))).size / 2);

  const again = join(reports, 'again');
  await writeReports(again, parseResult(text, 'result.json'));
  const files = (await readdir(target, { recursive: true })).filter((file) =>
    /\.(?:md|html|svg|csv)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const file of files)
    expect(await readFile(join(again, sample.run.id, file), 'utf8'), file).toBe(
      await readFile(join(target, file), 'utf8'),
    );
});

test('a published run can be published again', async () => {
  const [target = ''] = await publish(await runOf(sample), reports, draw);
  const elsewhere = join(reports, 'elsewhere');
  const [copy = ''] = await publish(target, elsewhere, draw);
  expect(await readFile(join(copy, 'result.json'), 'utf8')).toBe(
    await readFile(join(target, 'result.json'), 'utf8'),
  );
});

test('every published run is in the figure', async () => {
  await publish(await runOf(sample), reports, draw);
  await publish(await runOf(next), reports, draw);
  expect(await readFile(join(reports, 'trend.svg'), 'utf8')).toBe('<svg>2</svg>');
  expect(await readFile(join(reports, 'README.md'), 'utf8')).toContain('![how it went](trend.svg)');
});

test('the same run replaces itself, and files that it no longer has are removed', async () => {
  await publish(await runOf(sample), reports);
  const run = await runOf(sample, 'another page');
  await rm(join(run, 'rows.csv'));
  await publish(run, reports);
  const target = join(reports, 'published', '2025-10-04');
  expect(await readFile(join(target, 'report.html'), 'utf8')).toBe('another page');
  expect(await readdir(target)).not.toContain('rows.csv');
});

test.each([
  ['is no result', 'text', 'not JSON'],
  [
    'did not end',
    serializeResult({ ...sample, run: { ...sample.run, outcome: { state: 'interrupted' } } }),
    'interrupted',
  ],
])('a run whose result.json %s is refused, and nothing is written', async (_, content, reason) => {
  const run = await runOf(sample);
  await writeFile(join(run, 'result.json'), content);
  await expect(publish(run, reports)).rejects.toThrow(reason);
  await expect(publish(run, reports)).rejects.toThrow(UsageError);
  expect(await readdir(reports)).toEqual([sample.run.id]);
});

test('a directory without a result is refused by name', async () => {
  await expect(publish(join(reports, 'nothing'), reports)).rejects.toThrow(
    `${join(reports, 'nothing', 'result.json')}: cannot be read`,
  );
});

test('every published result can be read, and the index is up to date', async () => {
  const index = await readFile('reports/README.md', 'utf8');
  const published = await readPublished('reports');
  const figure = historyFigure(publishedTrends(published));
  expect(index).toBe(publishedIndex(published, figure));
  expect(await readFile('reports/trend.svg', 'utf8')).toBe(figure.svg);
});

test('every published result takes at most 700 kB', async () => {
  for (const { directory } of await readPublished('reports')) {
    const { size } = await stat(join('reports/published', directory, 'result.json'));
    expect(size, directory).toBeLessThanOrEqual(700_000);
  }
});

test('git tracks what is published, and nothing else that runs write', async () => {
  const paths = ['README.md', 'trend.svg', 'published/2025-10-04/result.json', 'latest.md', 'x/result.json'];
  const ignored = await promisify(execFile)('git', [
    ...['check-ignore', '--no-index'],
    ...paths.map((path) => `reports/${path}`),
  ]);
  expect(ignored.stdout.trim().split('\n')).toEqual(['reports/latest.md', 'reports/x/result.json']);
});
