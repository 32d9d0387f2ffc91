import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { livePartsOfPage } from '../../../../tests/fuzz/parsed-html.fixture.ts';
import { poisonedText } from '../../../../tests/fuzz/result-files.fixture.ts';
import { plainText } from '../../../format/plain-text.ts';
import type { Result } from '../../../model/result.ts';
import { figuresOf } from '../../figures/figures.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from '../markdown/markdown.ts';
import { sampleResult } from '../../sample-result.fixture.ts';
import { sampleNight } from '../../sample-night.fixture.ts';
import { sampleTrends } from '../../sample-trends.fixture.ts';
import { reportSections } from '../../sections/report-sections.ts';

const sample = sampleResult();
const page = renderHtml(sample, 'result.json', figuresOf(sample, sampleTrends()));

interface Element {
  localName: string;
  textContent: string;
  getAttribute: (name: string) => string | null;
}
const all = (selector: string): Element[] => [
  ...(
    parseHTML(page) as unknown as { document: { querySelectorAll: (selector: string) => Iterable<Element> } }
  ).document.querySelectorAll(selector),
];

describe('the HTML report', () => {
  test('reads well; its figures are files of their own', async () => {
    const words = page.replace(/<svg .*?<\/svg>/gs, '<!-- figure -->').replace(/<style>.*?<\/style>/s, '');
    await expect(words).toMatchFileSnapshot('__golden__/report.html');
  });

  test('has the verdict first, then the sections of every report in their order', () => {
    const sections = reportSections(sample, 'page').map(({ title }) => title);
    expect(all('h2').map(({ textContent }) => textContent)).toEqual([
      ...['Verdict', 'History', ...sections, 'Notes', 'Every item'],
    ]);
    expect(all('h1')).toHaveLength(1);
    expect(all('h3, h4, h5, h6')).toEqual([]);
  });

  test('has every cell of every table of the other reports', () => {
    const expected = reportSections(sample, 'page').flatMap(({ tables }) =>
      tables.flatMap(({ rows }) => rows.map((row) => row.map(plainText))),
    );
    const cellsOf = (row: Element): string[] =>
      [...(row as unknown as { children: Iterable<Element> }).children].map(({ textContent }) => textContent);
    expect(all('tbody tr').map(cellsOf)).toEqual(expected);
  });

  test('runs no script, loads nothing and sends nothing', () => {
    const [policy] = all('meta[http-equiv="Content-Security-Policy"]');
    expect(policy?.getAttribute('content')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    );
    expect(livePartsOfPage(page)).toEqual([]);
    const poisoned = JSON.parse(poisonedText('</title></style></svg><script>alert(1)</script>')) as Result;
    expect(livePartsOfPage(renderHtml(poisoned, 'result.json'))).toEqual([]);
  });

  test('says at the top that a run did not end well', () => {
    const outcome = { state: 'failed', error: { message: 'the server is gone' } } as const;
    const failed = renderHtml({ ...sample, run: { ...sample.run, outcome } }, 'result.json');
    expect(failed.slice(0, failed.indexOf('</header>'))).toContain('This run failed: the server is gone.');
  });
});

test('report.md stays far below a megabyte, the most that code hosts show', () => {
  expect(Buffer.byteLength(renderMarkdown(sample, 'result.json'))).toBeLessThan(200_000);
});

test('the page of a night begins with whether anything is worse, since when, and what to run', () => {
  const text = renderHtml(sample, 'result.json', figuresOf(sample, sampleTrends()), sampleNight());
  const main = text.slice(text.indexOf('<main>'));
  const headings = [...main.matchAll(/<h2>([^<]*)/g)].map(([, heading]) => heading);
  expect(headings.slice(0, 2)).toEqual(['Compared with the nights before: failed', 'Verdict']);
  expect(main).toContain('since 2026-01-26');
  expect(main.replace(/<wbr>/g, '')).toContain('--only hot-key --baseline shipped');
});
