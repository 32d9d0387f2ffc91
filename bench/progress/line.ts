import type { Estimate } from '../model/estimate.ts';
import type { ItemProgress } from '../model/progress.ts';
import { overheadText, ratioText, seconds } from '../model/quantity.ts';
import { plainText } from '../model/plain-text.ts';
import { sparkline } from './sparkline.ts';

const NAME_WIDTH = 8;

/** How a line begins: something has ended, is running, or did not come to its end. */
const MARKS = { finished: 'ok', running: '..', stopped: '--' } as const;
type Mark = keyof typeof MARKS;

/** "  ok  seed       4.1 s   190,000 rows". */
export function phaseLine(mark: Mark, name: string, duration: number, detail: string): string {
  const head = `  ${MARKS[mark]}  ${plainText(name).padEnd(NAME_WIDTH)} ${seconds(duration).padStart(8)}`;
  return `${head}   ${plainText(detail)}`.trimEnd();
}

/** What stands under the phase's name: an item that has ended, in a phase that has not. */
export const itemLine = (item: ItemProgress, outcome: string): string =>
  `      ${[itemText(item), plainText(outcome), leftText(item)].filter(Boolean).join('   ')}`;

/** "41/64  shipped  Example 2  recent activity". */
const itemText = (item: ItemProgress): string =>
  [ordinalText(item), item.baseline.padEnd(7), plainText(item.title)].join('  ');

const ordinalText = ({ ordinal, total }: ItemProgress): string =>
  `${String(ordinal).padStart(String(total).length)}/${total}`;

/** "20 pairs  1.02x [0.99, 1.05]". */
export const settlingText = (item: ItemProgress, pairs: number, estimate: Estimate | undefined): string =>
  [pairsText(pairs), estimateText(item, estimate)].filter(Boolean).join('  ');

const pairsText = (pairs: number): string => (pairs === 0 ? '' : `${pairs} pair${pairs === 1 ? '' : 's'}`);

const estimateText = ({ metric }: ItemProgress, estimate: Estimate | undefined): string => {
  if (!estimate) return '';
  return metric === 'speedup' ? ratioText(estimate) : overheadText(estimate);
};

/** "about 40 s left", or nothing while that is not known. */
const leftText = ({ secondsLeft }: ItemProgress): string =>
  secondsLeft === undefined ? '' : `about ${Math.ceil(secondsLeft)} s left`;

/**
 * Ways to say how far a running item is, the fullest first. What goes first where room is short is what a
 * reader can do without; where and how long stay.
 */
export function itemStatus(item: ItemProgress, pairs: number, estimates: readonly Estimate[]): string[] {
  const [place, left, estimate] = [ordinalText(item), leftText(item), estimates.at(-1)];
  const ways = [
    [itemText(item), settlingText(item, pairs, estimate), sparkline(estimates), left],
    [itemText(item), settlingText(item, pairs, estimate), left],
    [itemText(item), estimateText(item, estimate), left],
    [itemText(item), left],
    [`${place}  ${plainText(item.title)}`, left],
    [place, left],
  ];
  return ways.map((parts) => parts.filter(Boolean).join('   '));
}
