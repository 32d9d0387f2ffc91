import { axisX, axisY, gridY, line, link, ruleY } from '@observablehq/plot';
import { count, counted, ratioText } from '../../format/quantity.ts';
import type { SweptTimes } from '../../model/sweep.ts';
import type { TimedRow, TimedSize } from '../sweep/timed-rows.ts';
import { isOnLogAxis, logAxis, tickText } from './axis.ts';
import { colour } from './figure-style.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { titleLabel, xml } from './label.ts';
import { plot } from './plot.ts';
import { legend, symbols, verdictSymbol, type Symbol } from './symbols.ts';
import { named } from './words.ts';

/** A size at which the read was measured. */
interface Point {
  x: number;
  y: number;
  low: number;
  high: number;
  symbol: Symbol;
}

/** The speedup of one read against the rows of its table, both on logarithmic axes; undefined for a single size. */
export function speedupFigure(row: TimedRow): Figure | undefined {
  const points = row.sizes.flatMap(pointOf);
  if (points.length < 2) return undefined;
  const { id, title, baseline, table = 'its table' } = row;
  const heading = {
    svg: `<text class="strong" x="8" y="12">${xml(titleLabel(title))}</text><text class="quiet" x="8" y="27">${xml(`speedup on ${baseline}, by rows of ${table}`)}</text>`,
    height: 34,
  };
  const name = `speedup-${baseline}-${id.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  return figure({ name, title: `${named(title)}, ${baseline}`, alternative: inWords(row, table) }, [
    legend([...new Set(points.map(({ symbol }) => symbol))]),
    heading,
    drawing(points),
  ]);
}

type Measured = TimedSize & { times: Extract<SweptTimes, { state: 'measured' }> };

const isMeasured = (size: TimedSize): size is Measured => size.times.state === 'measured';

function pointOf(size: TimedSize): Point[] {
  const { rows = 0 } = size;
  if (!isMeasured(size) || rows <= 0 || !isOnLogAxis(size.times.estimate.point)) return [];
  const { estimate, verdict } = size.times;
  const [low, high] = [Math.max(estimate.low, 1e-6), estimate.high];
  return [{ x: rows, y: estimate.point, low, high, symbol: verdictSymbol(verdict, []) }];
}

const [HEIGHT, AXIS] = [150, 22];

function drawing(points: readonly Point[]): Part {
  const y = logAxis(
    points.flatMap((point) => [point.y, point.low, point.high]),
    [0.9, 1.2],
  );
  const x = logAxis(points.map((point) => point.x));
  const [ticks, places] = [fewer(y.ticks as number[]), fewer(x.ticks as number[])];
  return plot({
    height: HEIGHT,
    marginLeft: 50,
    marginRight: 24,
    marginTop: 6,
    marginBottom: AXIS,
    x,
    y,
    color: { type: 'identity' },
    marks: [
      gridY({ ticks, stroke: colour('grid'), strokeOpacity: 1 }),
      axisY({
        ticks,
        tickFormat: (value: number) => `${tickText(value)}x`,
        tickSize: 3,
        label: null,
        fontSize: 12,
      }),
      axisX({ ticks: places, tickFormat: tickText, tickSize: 3, label: null, fontSize: 12 }),
      ruleY([1], { stroke: colour('ink') }),
      line(points, { x: 'x', y: 'y', stroke: colour('after'), strokeOpacity: 0.5, strokeWidth: 1 }),
      link(points, { x1: 'x', x2: 'x', y1: 'low', y2: 'high', stroke: colour('after'), strokeWidth: 1.2 }),
      ...symbols(points, 2.8),
    ],
  });
}

const fewer = (ticks: readonly number[]): number[] =>
  ticks.filter((_, at) => at % Math.ceil(ticks.length / 5) === 0);

function inWords({ title, baseline, sizes }: TimedRow, table: string): string {
  const measured = sizes.filter(isMeasured);
  const told = measured.map(
    ({ rows = 0, times }) => `${ratioText(times.estimate)} at ${counted(rows, 'row')}`,
  );
  return `Speedup of ${named(title)} on ${baseline} at ${count(measured.length)} sizes of ${table}: ${told.join('; ')}.`;
}
