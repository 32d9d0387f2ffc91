import { expect, test } from 'vitest';
import type { Sweep } from '../../model/sweep.ts';
import { sampleSweep } from './sample-sweep.fixture.ts';
import { parseSweep, serializeSweep } from './sweep-file.ts';
import { sweepFigures } from './sweep-figures.ts';
import { renderSweepHtml } from './sweep-html.ts';
import { renderSweepMarkdown } from './sweep-markdown.ts';
import { renderSweep } from './sweep-terminal.ts';

test.each([80, 140])('on a terminal of %d columns, what it comes to stands last', async (columns) => {
  const text = renderSweep(sampleSweep(), { columns, color: false });
  await expect(text).toMatchFileSnapshot(`__golden__/sweep-${columns}.txt`);
  expect(text.split('\n').every((line) => line.length < columns)).toBe(true);
});

test('the Markdown has a table and a chart of each read', async () => {
  const sweep = sampleSweep();
  await expect(renderSweepMarkdown(sweep, sweepFigures(sweep))).toMatchFileSnapshot('__golden__/sweep.md');
});

test('the page has the same sections, and the charts within', () => {
  const sweep = sampleSweep();
  const page = renderSweepHtml(sweep, sweepFigures(sweep));
  for (const title of ['In short', 'Where it begins', 'Speedup by rows', 'What indexes take'])
    expect(page).toContain(`<h2>${title}</h2>`);
  expect(page).toContain('<svg class="figure"');
});

test('what a sweep.json holds is shown as text', () => {
  const sweep = sampleSweep();
  const hostile = '<script>alert(1)</script>';
  const renamed = JSON.parse(JSON.stringify(sweep).replaceAll('Top orders', hostile)) as Sweep;
  const figures = sweepFigures(renamed);
  expect(renderSweepHtml(renamed, figures)).not.toContain(hostile);
  expect(renderSweepMarkdown(renamed, figures)).not.toContain(hostile);
});

test('no character of a name controls the terminal', () => {
  const named = JSON.parse(
    JSON.stringify(sampleSweep()).replaceAll('"orders"', String.raw`"or\u001b[31mders\nx"`),
  ) as Sweep;
  const lines = renderSweep(named, { columns: 140, color: false }).split('\n');
  expect(lines.some((line) => line.includes('\u001b'))).toBe(false);
  expect(lines.some((line) => line.includes('predicted, where'))).toBe(true);
});

test('a scale whose run was noisy is named, and its verdicts are in parentheses', () => {
  const noisy = JSON.parse(
    JSON.stringify(sampleSweep()).replaceAll('"isNoisy":false', '"isNoisy":true'),
  ) as Sweep;
  const text = renderSweep(noisy, { columns: 140, color: false });
  expect(text).toContain('(^)');
  expect(text).toContain('( ) noisy');
  expect(text).toContain('Noisy at scale 1, 10, 10.9, 100: ');
  expect(renderSweepMarkdown(noisy, sweepFigures(noisy))).toContain('faster, noisy');
});

test('a sweep.json is read back as it was written', () => {
  const sweep = sampleSweep();
  expect(parseSweep(serializeSweep(sweep), 'sweep.json')).toEqual(sweep);
});

test.each([
  ['{}', 'sweep.json: not a sweep.json: it has no sweepVersion'],
  ['{"sweepVersion": 9}', 'sweepVersion is 9, and this version reads 1'],
  ['{"sweepVersion": 1}', 'sweep.json: id: '],
])('%s is refused in words', (text, words) => {
  expect(() => parseSweep(text, 'sweep.json')).toThrow(words);
});
