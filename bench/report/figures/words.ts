import type { Estimate, Verdict } from '../../model/estimate.ts';
import { shortened, inSentence } from '../../format/plain-text.ts';

interface Row {
  title: string;
  verdict: Verdict;
  estimate: Estimate;
}

/** A title within a sentence that names several. */
export const named = (title: string): string => shortened(inSentence(title), 80);

/** "28 are faster, 1 slower, 5 no material difference". */
export function standings(rows: readonly { verdict: Verdict }[]): string {
  const found = [...new Set(rows.map(({ verdict }) => verdict))];
  const counted = found.map((verdict) => ({
    verdict,
    count: rows.filter((row) => row.verdict === verdict).length,
  }));
  return counted
    .toSorted((a, b) => b.count - a.count)
    .map(({ verdict, count }) => `${count} ${verdict}`)
    .join(', ');
}

/** "the most is timeline of posts with 199x [190, 210], the least Lead by its primary key with .." */
export function mostAndLeast(rows: readonly Row[], figureOf: (estimate: Estimate) => string): string {
  const [least, ...others] = rows.toSorted((a, b) => a.estimate.point - b.estimate.point);
  const most = others.at(-1);
  const told = (row: Row): string => `${figureOf(row.estimate)} (${named(row.title)})`;
  if (!least) return 'nothing is drawn';
  return most ? `from ${told(least)} to ${told(most)}` : told(least);
}
