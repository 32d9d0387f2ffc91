import type { Verdict } from '../model/estimate.ts';
import { isNoisy } from '../model/outcome.ts';
import type { ReadResult, WriteResult } from '../model/item-result.ts';
import { noteNumbers, type Note } from './notes.ts';
import type { Layout } from './sections/section.ts';

/** The outcome of a row: a verdict, or not measured. */
export type Standing = Verdict | 'failed';

const MARKS: Readonly<Record<Standing, string>> = {
  faster: '^',
  slower: 'v',
  'no material difference': '=',
  inconclusive: '?',
  unstable: '~',
  failed: '!',
};

export const markOf = (standing: Standing): string => MARKS[standing];

/** "^ faster   = no material difference": what the marks of these outcomes mean. */
export const meanings = (standings: ReadonlySet<Standing>): string[] =>
  Object.entries(MARKS)
    .filter(([standing]) => standings.has(standing as Standing))
    .map(([standing, mark]) => `${mark} ${standing}`);

/** The outcome of a row with its notes: one character where room is short, words on a page. */
export function standingCell(row: ReadResult | WriteResult, notes: readonly Note[], layout: Layout): string {
  const standing = standingOf(row);
  const numbers = noteNumbers(row, notes);
  const noisy = isNoisyRow(row);
  if (layout !== 'page') return `${noisy ? `(${MARKS[standing]})` : MARKS[standing]} ${numbers}`.trim();
  const words = noisy ? `${standing}, noisy` : standing;
  return numbers === '' ? words : `${words} (note ${numbers})`;
}

const standingOf = (row: ReadResult | WriteResult): Standing =>
  row.state === 'failed' ? 'failed' : row.verdict;

const isNoisyRow = (row: ReadResult | WriteResult): boolean =>
  row.state === 'measured' && isNoisy(row.warnings);

export const standingHeading = (layout: Layout): string => (layout === 'page' ? 'verdict' : '');

/** The legend of these rows' marks, for under their table; a page needs none. */
export function legend(rows: readonly (ReadResult | WriteResult)[], layout: Layout): string[] {
  const used = meanings(new Set(rows.map(standingOf)));
  if (layout === 'page' || used.length === 0) return [];
  return [[...used, ...(rows.some(isNoisyRow) ? ['( ) noisy'] : [])].join('   ')];
}
