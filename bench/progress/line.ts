import type { Estimate } from '../model/estimate.ts';
import type { ItemProgress } from '../model/progress.ts';
import { overheadText, ratioText, seconds } from '../model/quantity.ts';

const NAME_WIDTH = 8;

/** "  ok  seed       4.1 s   190,000 rows". */
export const finishedLine = (name: string, duration: number, detail: string): string =>
  `  ok  ${name.padEnd(NAME_WIDTH)} ${seconds(duration).padStart(8)}   ${detail}`;

/** "  ..  seed       4.1 s". */
export const runningLine = (name: string, duration: number, detail: string): string =>
  `  ..  ${name.padEnd(NAME_WIDTH)} ${seconds(duration).padStart(8)}   ${detail}`;

/** "41/64  shipped  Example 2  recent activity". */
export function itemText({ ordinal, total, baseline, title }: ItemProgress): string {
  return `${String(ordinal).padStart(String(total).length)}/${total}  ${baseline.padEnd(7)}  ${title}`;
}

/** "20 pairs  1.02x [0.99, 1.05]". */
export function settlingText(
  { metric }: ItemProgress,
  pairs: number,
  estimate: Estimate | undefined,
): string {
  const value = estimate && (metric === 'speedup' ? ratioText(estimate) : overheadText(estimate));
  return [`${pairs} pairs`, value].filter((part) => part !== undefined).join('  ');
}

/** "about 40 s left", or nothing while that is not known. */
export const leftText = ({ secondsLeft }: ItemProgress): string =>
  secondsLeft === undefined ? '' : `about ${Math.ceil(secondsLeft)} s left`;
