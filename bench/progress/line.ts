import type { Estimate } from '../model/estimate.ts';
import type { ItemProgress } from '../model/progress.ts';
import { counted, overheadText, ratioText, seconds } from '../format/quantity.ts';
import { plainLines, plainText } from '../format/plain-text.ts';

const NAME_WIDTH = 8;
const INDENT = ' '.repeat(6);
const GAP = ' '.repeat(3);

/** The beginning of a line: something ended, is running, or was not completed. */
const MARKS = { finished: 'ok', running: '..', stopped: '--' } as const;
type Mark = keyof typeof MARKS;

/** "  ok  seed       4.1 s   190,000 rows". */
export function phaseLine(mark: Mark, name: string, duration: number, detail: string): string {
  const head = `  ${MARKS[mark]}  ${plainText(name).padEnd(NAME_WIDTH)} ${seconds(duration).padStart(8)}`;
  return `${head}   ${plainText(detail)}`.trimEnd();
}

/** The lines of a phase that ended: below the first, what else its detail says. */
export function phaseLines(name: string, duration: number, detail: string): string[] {
  const [first = '', ...others] = plainLines(detail);
  return [phaseLine('finished', name, duration, first), ...others.map((other) => `${INDENT}${other}`)];
}

/** The line below a phase: an item that ended in a running phase. */
export const itemLine = (item: ItemProgress, outcome: string): string =>
  `${INDENT}${joined(itemText(item), plainText(outcome), leftText(item))}`;

/** "41/64  shipped  Example 2  recent activity". */
const itemText = (item: ItemProgress): string => `${ordinalText(item)}  ${nameText(item)}`;

const nameText = ({ baseline, title }: ItemProgress): string => `${baseline.padEnd(7)}  ${plainText(title)}`;

const ordinalText = ({ ordinal, total }: ItemProgress): string =>
  `${String(ordinal).padStart(String(total).length)}/${total}`;

/** "20 pairs  1.02x [0.99, 1.05]". */
export const settlingText = (item: ItemProgress, pairs: number, estimate: Estimate | undefined): string =>
  [pairsText(pairs), estimateText(item, estimate)].filter(Boolean).join('  ');

const pairsText = (pairs: number): string => (pairs === 0 ? '' : counted(pairs, 'pair'));

const estimateText = ({ metric }: ItemProgress, estimate: Estimate | undefined): string => {
  if (!estimate) return '';
  return metric === 'speedup' ? ratioText(estimate) : overheadText(estimate);
};

/** "at most 40 s left", or nothing where it is not known. */
const leftText = ({ secondsLeft }: ItemProgress): string =>
  secondsLeft === undefined ? '' : `at most ${Math.ceil(secondsLeft)} s left`;

const roundText = ({ round }: ItemProgress): string => (round === undefined ? '' : `round ${round}`);

/** Beside the phase name while an item is running: "round 3   41/64   at most 40 s left". */
export const placeText = (item: ItemProgress): string =>
  joined(roundText(item), ordinalText(item), leftText(item));

/** The line below a phase: a round that has begun. */
export const roundLine = (item: ItemProgress): string => `${INDENT}${placeText(item)}`;

/**
 * Below the phase: "shipped  Example 2  recent activity   20 pairs  1.02x [0.99, 1.05]   ▂▃▃". Where room is short,
 * the sparkline goes first, then the end of the name; what has been measured stays.
 */
export function settlingLine(
  item: ItemProgress,
  pairs: number,
  estimates: readonly Estimate[],
  width: number,
): string {
  const settling = settlingText(item, pairs, estimates.at(-1));
  const [whole, spare] = [joined(nameText(item), settling, sparkline(estimates)), width - INDENT.length];
  if (lengthOf(whole) <= spare) return `${INDENT}${whole}`;
  const room = settling === '' ? spare : spare - lengthOf(settling) - GAP.length;
  return cut(`${INDENT}${joined(cut(nameText(item), room), settling)}`, width);
}

const joined = (...parts: string[]): string => parts.filter(Boolean).join(GAP);

const LEVELS = Array.from('▁▂▃▄▅▆▇█');

/** At most this many of the last estimates are shown. */
const LENGTH = 12;

/**
 * How an estimate has settled: its points, oldest first, on the scale of the widest interval among them. A settled
 * estimate is flat. Empty for fewer than two estimates.
 */
export function sparkline(estimates: readonly Estimate[]): string {
  const shown = estimates.slice(-LENGTH);
  if (shown.length < 2) return '';
  const low = Math.min(...shown.map((estimate) => estimate.low));
  const high = Math.max(...shown.map((estimate) => estimate.high));
  return shown.map(({ point }) => LEVELS[level(point, low, high)] ?? '').join('');
}

function level(value: number, low: number, high: number): number {
  const middle = Math.floor(LEVELS.length / 2);
  const share = (value - low) / (high - low);
  if (!Number.isFinite(share)) return middle;
  return Math.max(0, Math.min(LEVELS.length - 1, Math.floor(share * LEVELS.length)));
}

/** In characters; each takes one column. */
const lengthOf = (line: string): number => Array.from(line).length;

/** A line cut to at most `width` characters; an ellipsis marks the cut. */
export function cut(line: string, width: number): string {
  const characters = Array.from(line);
  return characters.length <= width ? line : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
