import type { Verdict } from '../model/estimate.ts';
import type { ReadResult, WriteResult } from '../model/result.ts';
import type { Layout } from './sections/section.ts';

/** What a row of a table comes to: a verdict, or no measurement. */
export type Standing = Verdict | 'failed';

const MARKS: Readonly<Record<Standing, string>> = {
  faster: '^',
  slower: 'v',
  'no material difference': '=',
  inconclusive: '?',
  unstable: '~',
  failed: '!',
};

/** One character where room is short, the word on a page. */
export const standingText = (standing: Standing, layout: Layout): string =>
  layout === 'page' ? standing : MARKS[standing];

/** What the marks of these rows mean, for under their table; a page has none. */
export function legend(rows: readonly (ReadResult | WriteResult)[], layout: Layout): string[] {
  const standings = new Set(rows.map((row): Standing => (row.state === 'failed' ? 'failed' : row.verdict)));
  const used = Object.entries(MARKS).filter(([standing]) => standings.has(standing as Standing));
  if (layout === 'page' || used.length === 0) return [];
  return [used.map(([standing, mark]) => `${mark} ${standing}`).join('   ')];
}
