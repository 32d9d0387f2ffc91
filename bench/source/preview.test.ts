import { expect, test } from 'vitest';
import { inspection } from './inspection.fixture.ts';
import { previewText, type Preview } from './preview.ts';

const preview: Preview = {
  inspection,
  candidate: '042-orders',
  folder: 'Flyway: 41 migrations before it; not applied, because after it: 043-customers',
  leftOut: [{ object: 'extension pg_stat_statements', reason: 'nothing in the schema uses it' }],
  measuredOn: 'embedded PostgreSQL 15',
  measuredLocale: { ...inspection.locale, provider: 'icu', name: 'en-US' },
  madeRows: undefined,
  minutes: 3,
};

test('one screen says what is copied and measured, and what is not', async () => {
  await expect(previewText(preview, 120)).toMatchFileSnapshot('__golden__/preview.txt');
});

test('control characters of a statement do not reach the terminal', () => {
  expect(previewText(preview, 120)).not.toMatch(/[^\P{Cc}\n]/u);
});

test('of many things that are left out a few are shown, and the rest counted', () => {
  const leftOut = Array.from({ length: 30 }, (_, at) => ({ object: `function f${at}()`, reason: 'none' }));
  const text = previewText({ ...preview, leftOut }, 80);
  // The last line is that of the question.
  expect(text.split('\n').length).toBeLessThanOrEqual(24);
  expect(text).toContain('and 22 more; the report names them');
});
