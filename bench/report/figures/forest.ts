import type { Baseline } from '../../model/arm.ts';
import { counted, ratio, ratioText } from '../../format/quantity.ts';
import type { MeasuredRead } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import { isOnLogAxis, logAxis, tickText } from './axis.ts';
import { figure, type Figure } from './figure.ts';
import { intervalRows, type IntervalRow } from './interval-rows.ts';
import { legend, verdictSymbol } from './symbols.ts';
import { standings, mostAndLeast } from './words.ts';

/** The speedups of all reads with their intervals; the baselines of a read are one below the other. */
export function forestFigure(result: Result): Figure | undefined {
  const reads = result.reads.filter(isDrawable);
  if (reads.length === 0) return undefined;
  const ids = [...new Set(reads.map(({ id }) => id))];
  const rows = ids.map((id) => rowOf(reads.filter((read) => read.id === id)));
  const used = new Set(rows.flatMap(({ lines }) => lines.map(({ symbol }) => symbol)));
  const bounds = reads.flatMap(({ estimate: { point, low, high } }) => [point, low, high]);
  const axis = {
    scale: logAxis(bounds, [0.9, 1.6]),
    neutral: 1,
    label: 'speedup, before / after',
    tick: (value: number) => `${tickText(value)}x`,
  };
  return figure(
    {
      name: 'forest',
      title: 'Speedup of every read, with 95 % intervals',
      alternative: inWords(result, reads),
    },
    [legend([...used]), intervalRows(rows, axis)],
  );
}

type Read = Result['reads'][number];
const isDrawable = (read: Read): read is MeasuredRead =>
  read.state === 'measured' && isOnLogAxis(read.estimate.point);

const rowOf = (reads: readonly MeasuredRead[]): IntervalRow => ({
  title: reads[0]?.title ?? '',
  lines: reads.map(({ baseline, estimate, verdict, warnings }) => ({
    name: baseline,
    estimate,
    symbol: verdictSymbol(verdict, warnings),
    figure: ratio(estimate).point,
  })),
});

function inWords({ run }: Result, reads: readonly MeasuredRead[]): string {
  const sentences = run.baselines.flatMap((baseline: Baseline) => {
    const own = reads.filter((read) => read.baseline === baseline);
    if (own.length === 0) return [];
    return [
      `On ${baseline}, of ${counted(own.length, 'read')} ${standings(own)}; ${mostAndLeast(own, ratioText)}.`,
    ];
  });
  return ['Speedups on a logarithmic axis with a line at 1x, where nothing changes.', ...sentences].join(' ');
}
