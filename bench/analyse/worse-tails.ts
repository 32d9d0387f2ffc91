import { inSentence } from '../format/plain-text.ts';
import { milliseconds, overheadText, significant } from '../format/quantity.ts';
import type { MeasuredWrite } from '../model/item-result.ts';
import { p99AgainstMedian, type MeasuredQuantile } from '../model/tails.ts';

/** A write whose p99 becomes slower although its median does not. */
export interface WorseTail {
  title: string;
  p99: MeasuredQuantile;
}

/** The worst first. */
export const worseTails = (writes: readonly MeasuredWrite[]): WorseTail[] =>
  writes
    .flatMap((write) => {
      const p99 = p99AgainstMedian(write);
      return p99?.verdict === 'slower' ? [{ title: write.title, p99 }] : [];
    })
    .toSorted((a, b) => b.p99.estimate.point - a.p99.estimate.point);

/** "p99 of INSERT orders becomes slower, 0.812 -> 8.91 ms (+997.3 % [+840.1, +1,950]), although its median does not". */
export function tailReason([worst, ...others]: readonly WorseTail[]): string[] {
  if (!worst) return [];
  const { before, after, estimate } = worst.p99;
  const change = `${significant(before.durationMs.point)} -> ${milliseconds(after.durationMs.point)}`;
  const more = others.length > 0 ? `; the same is true of ${others.length} more` : '';
  return [
    `p99 of ${inSentence(worst.title)} becomes slower, ${change} (${overheadText(estimate)}), although its median does not${more}`,
  ];
}
