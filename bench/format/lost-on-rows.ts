import type { SourceFacts } from '../model/source.ts';
import { plainText, shortened } from './plain-text.ts';
import { percentText } from './quantity.ts';
import { sharesText } from './shares-text.ts';

/**
 * What a preview has promised and the rows do not keep, on lines of its own: how many statements, and the largest with the
 * reason.
 *
 * @param promised before the statements were tried on the rows
 * @returns what goes behind a sentence; empty where nothing is left out
 */
export function lostOnRows(promised: SourceFacts | undefined, found: SourceFacts | undefined): string {
  if (!promised || !found) return '';
  const [before, after] = [promised.statements, found.statements];
  const known = new Set(before.leftOut.map(({ sql }) => sql));
  const lost = after.leftOut.filter(({ sql }) => !known.has(sql)).toSorted((a, b) => b.share - a.share);
  const count = before.replayed - after.replayed;
  const [largest] = lost;
  if (!largest || count === 0) return '';
  const share = percentText(lost.reduce((sum, one) => sum + one.share, 0));
  return [
    ';',
    `left out: ${count} of ${before.observed} statements, ${share} of the ${sharesText(after)};`,
    `${count === 1 ? '' : 'the largest: '}${largest.reason}: ${shortened(plainText(largest.sql), 60)}`,
  ].join('\n');
}
