import { link, ruleX, type ScaleOptions } from '@observablehq/plot';
import type { Estimate } from '../../model/estimate.ts';
import { colour } from './figure-style.ts';
import type { Part } from './figure.ts';
import { label, titleLabel } from './label.ts';
import { plot } from './plot.ts';
import { AXIS, framed, TITLE } from './row-frame.ts';
import { symbols, type Symbol } from './symbols.ts';

/** One estimate, under the title that it shares with others. */
interface IntervalLine {
  /** The baseline: a short word. */
  name: string;
  estimate: Estimate;
  symbol: Symbol;
  /** The estimate's point as text. */
  figure: string;
}

export interface IntervalRow {
  title: string;
  lines: readonly IntervalLine[];
}

/** An axis, and the value on it that means no change. */
export interface IntervalAxis {
  scale: ScaleOptions;
  neutral: number;
  label: string;
  tick: (value: number) => string;
}

const [LINE, GAP, WHISKER] = [15, 7, 3.5];

/** Estimates with their intervals on one axis: a line for the title, then a line for each estimate. */
export function intervalRows(rows: readonly IntervalRow[], axis: IntervalAxis): Part {
  const { titles, lines, height } = placed(rows);
  const frame = {
    height,
    titles,
    scale: axis.scale,
    axis: axis.label,
    tick: axis.tick,
    names: lines.map(({ name, y }) => ({ words: name, y })),
    figures: lines.map(({ figure, y }) => ({ words: label(figure, 9), y })),
  };
  const ends = { y1: 'top', y2: 'bottom', stroke: 'colour', strokeWidth: 1.5 };
  return plot(
    framed(frame, [
      ruleX([axis.neutral], { stroke: colour('ink'), strokeWidth: 1.2 }),
      link(lines, { x1: 'low', x2: 'high', y1: 'y', y2: 'y', strokeWidth: 1.5, stroke: 'colour' }),
      ruleX(lines, { ...ends, x: 'low' }),
      ruleX(lines, { ...ends, x: 'high' }),
      ...symbols(lines),
    ]),
  );
}

function placed(rows: readonly IntervalRow[]) {
  let y = AXIS + 4;
  const titles = [];
  const lines = [];
  for (const row of rows) {
    titles.push({ words: titleLabel(row.title), y: y + TITLE / 2 });
    y += TITLE;
    for (const line of row.lines) {
      lines.push(at(y + LINE / 2, line));
      y += LINE;
    }
    y += GAP;
  }
  return { titles, lines, height: y };
}

/** A line at its height. The point may lie outside its interval: the result may come from an edited file. */
const at = (y: number, { name, estimate: { point, low, high }, symbol, figure }: IntervalLine) => ({
  name,
  figure,
  symbol,
  y,
  top: y - WHISKER,
  bottom: y + WHISKER,
  x: point,
  low: Math.min(low, point),
  high: Math.max(high, point),
  colour: colour(symbol.colour),
});
