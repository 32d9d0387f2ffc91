import type { Verdict } from '../model/estimate.ts';
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

/** What the marks mean, for under a table; a page has none. */
export const legend = (layout: Layout): string[] =>
  layout === 'page'
    ? []
    : [
        Object.entries(MARKS)
          .map(([standing, mark]) => `${mark} ${standing}`)
          .join('   '),
      ];
