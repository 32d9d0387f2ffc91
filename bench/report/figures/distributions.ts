import { least, most } from '../../model/extent.ts';
import { Arm, type Baseline } from '../../model/arm.ts';
import { counted, milliseconds } from '../../format/quantity.ts';
import type { MeasuredRead } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import { isOnLogAxis, logAxis, tickText } from './axis.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { titleLabel } from './label.ts';
import { plot } from './plot.ts';
import { AXIS, framed, TITLE } from './row-frame.ts';
import { legend, symbols, type Mark, type Symbol } from './symbols.ts';
import { named } from './words.ts';

const SYMBOLS: Readonly<Record<Arm, Symbol>> = {
  before: { name: 'before', shape: 'circle', colour: 'before', isHollow: true },
  after: { name: 'after', shape: 'triangle', colour: 'after' },
};

/** The scatter of the blocks of every read, before and after. Each point is the median of one block. */
export function distributionsFigure(result: Result): Figure | undefined {
  const reads = result.reads.filter((read) => read.state === 'measured').filter(hasPoints);
  if (reads.length === 0) return undefined;
  const title = 'Times of every read, block by block';
  return figure({ name: 'distributions', title, alternative: inWords(result, reads) }, [
    legend([SYMBOLS.before, SYMBOLS.after]),
    drawing(reads),
  ]);
}

const blocksOf = ({ pairs }: MeasuredRead, arm: Arm): number[] =>
  pairs.map((pair) => pair[arm].medianMs).filter(isOnLogAxis);

const hasPoints = (read: MeasuredRead): boolean => Arm.options.some((arm) => blocksOf(read, arm).length > 0);

const [LANE, GAP] = [9, 7];

function drawing(reads: readonly MeasuredRead[]): Part {
  const { titles, names, marks, height } = placed(reads);
  const scale = logAxis(marks.map(({ x }) => x));
  const frame = { height, scale, axis: 'median of a block, ms', tick: tickText, titles, names, figures: [] };
  return plot(framed(frame, symbols(marks, 2)));
}

/** Under each read's title, one lane for each arm of each baseline. */
function placed(reads: readonly MeasuredRead[]) {
  let y = AXIS + 4;
  const titles = [];
  const names: { words: Baseline; y: number }[] = [];
  const marks: Mark[] = [];
  for (const id of new Set(reads.map((read) => read.id))) {
    const own = reads.filter((read) => read.id === id);
    titles.push({ words: titleLabel(own[0]?.title ?? ''), y: y + TITLE / 2 });
    y += TITLE;
    for (const read of own) {
      names.push({ words: read.baseline, y: y + LANE });
      for (const arm of Arm.options) {
        const height = y + LANE / 2;
        for (const x of blocksOf(read, arm)) marks.push({ x, y: height, symbol: SYMBOLS[arm] });
        y += LANE;
      }
      y += 3;
    }
    y += GAP;
  }
  return { titles, names, marks, height: y };
}

function inWords({ run }: Result, reads: readonly MeasuredRead[]): string {
  const sentences = run.baselines.flatMap((baseline) => {
    const own = reads.filter((read) => read.baseline === baseline);
    const slowest = own.toSorted((a, b) => b.before.durationMs.point - a.before.durationMs.point)[0];
    if (!slowest) return [];
    const { title, before, after } = slowest;
    const apart = own.filter(areApart).length;
    return [
      `On ${baseline}, the blocks of ${apart} of ${counted(own.length, 'read')} do not overlap before and after; the slowest before, ${named(title)}, goes from ${milliseconds(before.durationMs.point)} to ${milliseconds(after.durationMs.point)}.`,
    ];
  });
  return ['Medians of the blocks, in milliseconds on a logarithmic axis.', ...sentences].join(' ');
}

function areApart(read: MeasuredRead): boolean {
  const [before, after] = [blocksOf(read, 'before'), blocksOf(read, 'after')];
  return most(before) < least(after) || most(after) < least(before);
}
