import { counted, overhead, overheadText } from '../../format/quantity.ts';
import type { MeasuredWrite } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import { overheadAxis } from './axis.ts';
import { figure, type Figure } from './figure.ts';
import { intervalRows, type IntervalRow } from './interval-rows.ts';
import { legend, verdictSymbol } from './symbols.ts';
import { mostAndLeast, standings } from './words.ts';

/** The overhead in time of every write, with its interval, operation by operation. */
export function writeCostFigure(result: Result): Figure | undefined {
  const writes = result.writes.filter((write) => write.state === 'measured').toSorted(byOperation);
  if (writes.length === 0) return undefined;
  const ids = [...new Set(writes.map(({ id }) => id))];
  const rows = ids.map((id) => rowOf(writes.filter((write) => write.id === id)));
  const used = new Set(rows.flatMap(({ lines }) => lines.map(({ symbol }) => symbol)));
  const axis = {
    scale: overheadAxis(writes.flatMap(({ estimate: { point, low, high } }) => [point, low, high])),
    neutral: 0,
    label: 'overhead in time (axis compressed beyond 10 %)',
    tick: percent,
  };
  const alternative = [
    'Overheads in time, with a line at 0 %, where nothing changes.',
    ...result.run.baselines.flatMap((baseline) => {
      const own = writes.filter((write) => write.baseline === baseline);
      if (own.length === 0) return [];
      return [
        `On ${baseline}, of ${counted(own.length, 'write')} ${standings(own)}; ${mostAndLeast(own, overheadText)}.`,
      ];
    }),
  ].join(' ');
  return figure({ name: 'writes', title: 'Overhead of every write, with 95 % intervals', alternative }, [
    legend([...used]),
    intervalRows(rows, axis),
  ]);
}

const OPERATIONS = ['INSERT', 'UPDATE', 'DELETE', 'COPY'];

/** Writes of the same operation side by side, otherwise in the suite's order. */
export const byOperation = (a: { operation: string }, b: { operation: string }): number =>
  OPERATIONS.indexOf(a.operation) - OPERATIONS.indexOf(b.operation);

const rowOf = (writes: readonly MeasuredWrite[]): IntervalRow => ({
  title: writes[0]?.title ?? '',
  lines: writes.map(({ baseline, estimate, verdict, warnings }) => ({
    name: baseline,
    estimate,
    symbol: verdictSymbol(verdict, warnings),
    figure: overhead(estimate).point,
  })),
});

/** "+5 %", from a fraction. */
export const percent = (value: number): string => {
  const text = `${Number((value * 100).toPrecision(3)).toLocaleString('en-US')} %`;
  return value > 0 ? `+${text}` : text;
};
