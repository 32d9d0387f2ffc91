import type { Verdict } from '../model/estimate.ts';

/** One character a verdict, for table rows. */
export const VERDICT_MARKS: Readonly<Record<Verdict | 'failed', string>> = {
  faster: '^',
  slower: 'v',
  'no material difference': '=',
  inconclusive: '?',
  unstable: '~',
  failed: '!',
};

/** What the marks mean, for the line under a table. */
export const LEGEND = Object.entries(VERDICT_MARKS)
  .map(([verdict, mark]) => `${mark} ${verdict}`)
  .join('   ');
