import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../tests/fuzz/hostile-text.fixture.ts';
import { poisonedText } from '../tests/fuzz/result-files.fixture.ts';
import type { Result } from '../bench/model/result.ts';
import { parseResult } from '../bench/report/result-file.ts';
import { sampleResult } from '../bench/report/sample-result.fixture.ts';
import { directoryFor, publishedIndex, publishedTrends, type Published } from './published-index.ts';

const sample = sampleResult();
const run = (id: string, startedAt: string, of: Result = sample): Result => ({
  ...of,
  run: { ...of.run, id, startedAt },
});

const ALL = ['figures', 'report.html', 'report.md', 'result.json', 'rows.csv'];
const OCTOBER: Published = {
  directory: '2025-10-04',
  files: ALL,
  result: run('20251004-153000-a1b2', '2025-10-04T15:30:00.000Z'),
};
const NOVEMBER: Published = {
  directory: '2025-11-01',
  files: ['report.md', 'result.json'],
  result: run('20251101-040000-c3d4', '2025-11-01T04:00:00.000Z', sampleResult([0.36, 0.41])),
};

describe('the place of a published run', () => {
  const directory = (id: string) => directoryFor(run(id, '2025-10-04T20:00:00.000Z'), [OCTOBER]);

  test('is its date, in UTC', () => {
    expect(directoryFor(run('20251005-000000-ffff', '2025-10-05T00:00:00.000Z'), [OCTOBER])).toBe(
      '2025-10-05',
    );
  });

  test('stays the same for the same run, which is replaced', () => {
    expect(directory('20251004-153000-a1b2')).toBe('2025-10-04');
  });

  test('is its date and the end of its id beside another run of the date', () => {
    expect(directory('20251004-200000-beef')).toBe('2025-10-04-beef');
  });

  test('is refused when another run has it', () => {
    const other = {
      ...OCTOBER,
      directory: '2025-10-04-beef',
      result: run('x-beef', '2025-10-04T16:00:00.000Z'),
    };
    expect(() => directoryFor(run('y-beef', '2025-10-04T20:00:00.000Z'), [OCTOBER, other])).toThrow(
      'run y-beef: 2025-10-04 and 2025-10-04-beef are already published from other runs',
    );
  });
});

describe('the index of what is published', () => {
  test('reads well', async () => {
    const figure = { alternative: 'The mix, from run to run', svg: '<svg/>' };
    await expect(publishedIndex([OCTOBER, NOVEMBER], figure)).toMatchFileSnapshot(
      '__golden__/published-index.md',
    );
  });

  test('says so when nothing is published', () => {
    expect(publishedIndex([], undefined)).toContain('Nothing has been published yet.');
  });

  test.each(HOSTILE_TEXTS)('has no live markup from %j', (poison) => {
    const result = parseResult(poisonedText(poison), 'result.json');
    const html = marked.parse(publishedIndex([{ ...OCTOBER, result }], undefined), {
      async: false,
      gfm: true,
    });
    const links = [...html.matchAll(/<a href="([^"]*)">/g)].map(([, target]) => target);
    expect(links).toEqual([
      '../docs/reading.md',
      ...['report.html', 'report.md', 'rows.csv', 'result.json'].map(
        (file) => `published/2025-10-04/${file}`,
      ),
    ]);
    expect(html.replace(/<\/?(?:h[12]|p|a)>|<a href="[^"]*">|<!-- -->/g, '')).not.toContain('<');
  });
});

describe('the trend of what is published', () => {
  test("is the verdict's own number, oldest first, with noisy runs marked", () => {
    const [trend, ...others] = publishedTrends([NOVEMBER, OCTOBER]);
    expect(others).toEqual([]);
    expect(trend).toMatchObject({ baseline: 'shipped', metric: 'net time saved', band: undefined });
    expect(trend?.points).toEqual([
      { startedAt: OCTOBER.result.run.startedAt, estimate: sample.migration?.balance?.netMs, isNoisy: false },
      expect.objectContaining({ startedAt: NOVEMBER.result.run.startedAt, isNoisy: true }),
    ]);
  });

  test('does not join runs with a different mix', () => {
    const larger = { ...sample, run: { ...sample.run, scale: 10 } };
    const bare = sample.migration && {
      ...sample,
      migration: { ...sample.migration, baseline: 'bare' as const },
    };
    const results = [sample, larger, bare ?? sample];
    const trends = publishedTrends(results.map((result) => ({ ...OCTOBER, result })));
    expect(trends.map(({ baseline, points }) => `${baseline} ${points.length}`).toSorted()).toEqual([
      'bare 1',
      'shipped 1',
      'shipped 1',
    ]);
  });

  test('joins runs of either workload: their mix has the same statements', () => {
    const full = { ...NOVEMBER.result, run: { ...NOVEMBER.result.run, workload: 'full' as const } };
    const trends = publishedTrends([OCTOBER, { ...NOVEMBER, result: full }]);
    expect(trends.map(({ points }) => points.length)).toEqual([2]);
  });

  test('leaves out runs without this number, and a mix that --only cut', () => {
    const { migration, ...unjudged } = sample;
    expect(migration).toBeDefined();
    const cut = { ...sample, run: { ...sample.run, only: ['example-1'] } };
    expect(publishedTrends([unjudged, cut].map((result) => ({ ...OCTOBER, result })))).toEqual([]);
  });
});
