import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileText } from '../../../../tests/fuzz/hostile-text.fixture.ts';
import { plainText, inSentence } from '../../../format/plain-text.ts';
import type { Result } from '../../../model/result.ts';
import { renderCsv } from './csv.ts';
import { sampleResult } from '../../sample-result.fixture.ts';

const sample = sampleResult();
const rowsOf = (result: Result): Record<string, string>[] =>
  parse(renderCsv(result), { columns: true, record_delimiter: '\r\n' });

test('every item is a row for each baseline, with its exact values', () => {
  const rows = rowsOf(sample);
  for (const item of [...sample.reads, ...sample.writes]) {
    const row = rows.find(
      ({ id, baseline, kind }) =>
        id === item.id && baseline === item.baseline && ['read', 'write'].includes(kind ?? ''),
    );
    expect(row).toMatchObject({ title: inSentence(item.title), state: item.state });
    if (item.state === 'failed') expect(row).toMatchObject({ error: item.error.message, ratio: '' });
    else
      expect([
        row?.verdict,
        ...['before_ms', 'ratio_low', 'ratio', 'n'].map((name) => Number(row?.[name])),
      ]).toEqual([
        item.verdict,
        item.before.durationMs.point,
        item.estimate.low,
        item.estimate.point,
        item.estimate.n,
      ]);
  }
  expect(rows.filter(({ kind }) => kind === 'canary')).toHaveLength(sample.canaries.length);
});

/** A lone surrogate becomes U+FFFD in any file; a formula becomes text by an apostrophe. */
const cellOf = (title: string): string =>
  Buffer.from(plainText(inSentence(title)))
    .toString()
    .replace(/^(?=[=+\-@])/, "'");

test('a parser reads back the written text, and no text is a formula', () => {
  const text = fc.oneof(
    hostileText,
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '=HYPERLINK("https://evil.example")',
      'a"b',
      'a;b',
      'a\r\nb,c',
    ),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (titles) => {
      const [read] = sample.reads;
      if (!read) throw new Error('the sample has reads');
      const reads = titles.map((title) => ({ ...read, title }));
      const rows = rowsOf({ ...sample, reads }).filter(({ kind }) => kind === 'read');
      expect(rows.map(({ title }) => title)).toEqual(titles.map(cellOf));
      for (const row of rows) expect(row.title).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
