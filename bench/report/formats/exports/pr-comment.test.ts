import { describe, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../../../../tests/fuzz/hostile-text.fixture.ts';
import { liveInComment } from '../../../../tests/fuzz/rendered-markdown.fixture.ts';
import { poisonedText, POISONS } from '../../../../tests/fuzz/result-files.fixture.ts';
import type { SourceFacts } from '../../../model/source.ts';
import { parseResult } from '../../result-file.ts';
import { sampleResult } from '../../sample-result.fixture.ts';
import { commentBody, renderPrComment } from './pr-comment.ts';

const PAGE = 'https://github.com/example/shop/actions/runs/1';
const sample = sampleResult();

describe('a comment on a pull request', () => {
  test('reads well', async () => {
    await expect(renderPrComment(sample, PAGE)).toMatchFileSnapshot('__golden__/pr-comment.md');
  });

  test('begins with a marker by which the next run of the suite finds it', () => {
    const [marker] = renderPrComment(sample).split('\n');
    expect(marker).toBe('<!-- index-impact sales-agent -->');
    expect(renderPrComment(sampleResult([0.36, 0.41])).split('\n')[0]).toBe(marker);
    expect(commentBody(sample)).not.toContain('<!-- index-impact');
  });

  test('says the verdict first', () => {
    expect(commentBody(sample).split('\n')[0]).toBe(
      `### index-impact: ${sample.migration?.verdict}, candidate 007 on Sales Agent`,
    );
  });

  test('says which rows could not be measured, and shows no figures for them', () => {
    const body = commentBody(sample);
    expect(body).toContain(
      '**Not measured, and in no table: 1.** Simple WHERE clause on bare: column "missing" does not exist',
    );
    expect(body).not.toMatch(/\| Simple WHERE clause/);
  });

  test('warns before its times are believed when the canaries are noisy or were not measured', () => {
    expect(commentBody(sampleResult([0.36, 0.41]))).toContain('**Canaries: only 0 of 1 quiet.**');
    expect(commentBody(sampleResult([0.36, 0.41]))).toMatch(/^### index-impact: \w[\w ]+ \(noisy\), /);
    expect(commentBody({ ...sample, canaries: [] })).toContain('No canary was measured');
  });

  test('shows what becomes slower before what becomes faster', () => {
    const reads = sample.reads.map((read) =>
      read.id === 'example-2-cold' && read.state === 'measured'
        ? { ...read, verdict: 'slower' as const }
        : read,
    );
    const rows = commentBody({ ...sample, reads }).match(/^\| (?!statement|---).+$/gm) ?? [];
    expect(rows[0]).toMatch(/^\| Example 2, cold key .+ slower \|$/);
  });

  test('is short for the largest number of rows', () => {
    const many = Array.from({ length: 40 }, (_, copy) => copy);
    const crowd = {
      ...sample,
      reads: many.flatMap(() => sample.reads),
      writes: many.flatMap(() => sample.writes),
    };
    expect(renderPrComment(crowd).split('\n').length).toBeLessThan(60);
    expect(renderPrComment(crowd)).toMatch(/in the report: \d+ more rows/);
  });

  test.each(POISONS)('has no live markup from data: %s', (_, poison) => {
    const poisoned = parseResult(poisonedText(poison), 'result.json');
    expect(liveInComment(renderPrComment(poisoned, PAGE), PAGE)).toEqual([]);
  });

  test("stays within GitHub's limit, however long the data is", () => {
    for (const piece of ['@', '&', 'www.', ...HOSTILE_TEXTS.slice(0, 5)]) {
      const long = piece.repeat(5_000);
      const reads = sample.reads.flatMap((read) =>
        Array.from({ length: 20 }, () => ({ ...read, title: long })),
      );
      const whole = { ...sample, reads, summary: Array.from({ length: 40 }, () => long) };
      expect(renderPrComment(whole).length).toBeLessThanOrEqual(65_536);
    }
  });
});

describe('a comment on a migration that somebody tried', () => {
  const source: SourceFacts = {
    ...{ postgresVersion: '15.14', readAt: '2026-01-01T00:00:00.000Z', schemaBy: 'catalog', tables: [] },
    snapshot: { file: 'shop.snapshot.json' },
    leftOut: [
      { object: 'the rows of a', reason: 'none' },
      { object: 'b', reason: 'none' },
    ],
    statements: { observed: 5, replayed: 5, share: 1, leftOut: [] },
  };
  const tried = { ...sample, source };

  test('begins with the verdict in a sentence, and has the statements that the candidate changes', async () => {
    await expect(renderPrComment(tried, PAGE, 'try db/migrations')).toMatchFileSnapshot(
      '__golden__/try-comment.md',
    );
  });

  test.each([
    ['ship', '007 can ship'],
    ['ship with cost', '007 can ship, with a cost'],
    ['do not ship', '007 should not ship'],
    ['inconclusive', 'Whether 007 should ship is not known: the run is inconclusive'],
  ] as const)('says of "%s": %s', (verdict, sentence) => {
    const migration = tried.migration && { ...tried.migration, verdict };
    expect(commentBody({ ...tried, migration }).split('\n')[0]).toBe(`### ${sentence}`);
  });

  test('is about the folder, whatever the suite is called', () => {
    const [marker] = renderPrComment(tried, undefined, 'try ../db --> @everyone').split('\n');
    expect(marker).toBe('<!-- index-impact try-db-everyone -->');
  });

  test.each(POISONS)('has no live markup from data: %s', (_, poison) => {
    const poisoned = parseResult(poisonedText(poison), 'result.json');
    const text = JSON.stringify(source).replaceAll(/"(none|b|shop\.snapshot\.json)"/g, () =>
      JSON.stringify(poison),
    );
    const comment = renderPrComment({ ...poisoned, source: JSON.parse(text) as SourceFacts }, PAGE, poison);
    expect(liveInComment(comment, PAGE)).toEqual([]);
  });
});
