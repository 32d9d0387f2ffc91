import { axisX, axisY, gridY, line, link, rect, ruleY, type ScaleOptions } from '@observablehq/plot';
import type { Estimate } from '../../model/estimate.ts';
import { least, most } from '../../model/extent.ts';
import { counted, durationText, overheadText, ratioText, significant } from '../../format/quantity.ts';
import type { Trend, TrendPoint } from '../../model/trend.ts';
import { evenAxis, isOnLogAxis, logAxis, tickText } from './axis.ts';
import { colour } from './figure-style.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { titleLabel, xml } from './label.ts';
import { plot } from './plot.ts';
import { legend, symbols, type Symbol } from './symbols.ts';
import { named } from './words.ts';
import { percent } from './write-cost.ts';

const QUIET: Symbol = { name: 'run', shape: 'circle', colour: 'after' };
const NOISY: Symbol = { name: 'noisy run', shape: 'circle', colour: 'after', isHollow: true };
const OUTSIDE: Symbol = { name: 'outside the band', shape: 'diamond', colour: 'slower' };

/** How the values of a trend are drawn and written. */
interface Metric {
  /** A ratio has a logarithmic axis with a line at 1, any other value a linear one with a line at 0. */
  isRatio: boolean;
  tick: (value: number) => string;
  text: (estimate: Estimate) => string;
}

const METRICS: Readonly<Record<Trend['metric'], Metric>> = {
  speedup: { isRatio: true, tick: (value) => `${tickText(value)}x`, text: ratioText },
  overhead: { isRatio: false, tick: percent, text: overheadText },
  'net time saved': { isRatio: false, tick: significant, text: durationText },
};

/** A panel for every trend: its runs with their intervals, and the band of the runs before. */
export function historyFigure(trends: readonly Trend[]): Figure {
  const panels = trends.map((trend) => ({ trend, points: pointsOf(trend) }));
  const used = [QUIET, NOISY, OUTSIDE].filter((symbol) =>
    panels.some(({ points }) => points.some((point) => point.symbol === symbol)),
  );
  return figure(
    {
      name: 'history',
      title: 'Run after run',
      alternative: inWords(trends),
    },
    [
      legend(used),
      ...panels.flatMap(({ trend, points }) => [
        heading(trend),
        ...(points.length > 0 ? [drawing(trend, points)] : [nothing()]),
      ]),
    ],
  );
}

type Drawn = ReturnType<typeof pointsOf>[number];

/** The runs that can be drawn, ordered by their start. */
function pointsOf({ points, metric, band }: Trend) {
  return points
    .map(({ startedAt, estimate: { point, low, high }, isNoisy }: TrendPoint) => ({
      at: new Date(startedAt),
      y: point,
      low: Math.min(low, point),
      high: Math.max(high, point),
      symbol: isNoisy ? NOISY : band && (point < band.low || point > band.high) ? OUTSIDE : QUIET,
    }))
    .filter(({ at, y }) => !Number.isNaN(at.getTime()) && (!METRICS[metric].isRatio || isOnLogAxis(y)))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((point) => ({ ...point, x: point.at.getTime() }));
}

function heading({ title, baseline, metric, band }: Trend): Part {
  const known = band ? `, band of ${band.nights} nights` : ', no band yet';
  return {
    height: 34,
    svg: [
      words(titleLabel(title), 12, 'strong'),
      words(`${metric} on ${baseline}${known}`, 27, 'quiet'),
    ].join(''),
  };
}

const nothing = (): Part => ({ svg: words('no run to show', 12, 'quiet'), height: 22 });
const [HEIGHT, AXIS] = [110, 22];

function drawing({ metric, band }: Trend, points: readonly Drawn[]): Part {
  const bounds = [
    ...points.flatMap(({ y, low, high }) => [y, low, high]),
    ...(band ? [band.low, band.high] : []),
  ];
  const { isRatio, tick: tickFormat } = METRICS[metric];
  const scale = isRatio ? logAxis(bounds) : evenAxis(bounds);
  const ticks = (scale.ticks as number[]).filter((_, at, all) => at % Math.ceil(all.length / 5) === 0);
  return plot({
    height: HEIGHT,
    marginLeft: 50,
    marginRight: 38,
    marginBottom: AXIS,
    marginTop: 6,
    x: timeScale(points),
    y: scale,
    color: { type: 'identity' },
    marks: [
      ...(band ? [rect([band], { y1: 'low', y2: 'high', fill: colour('band') })] : []),
      gridY({ ticks, stroke: colour('grid'), strokeOpacity: 1 }),
      axisY({ ticks, tickFormat, tickSize: 3, label: null, fontSize: 12 }),
      axisX(datesOf(points), { tickFormat: dayText, tickSize: 3, fontSize: 12, label: null }),
      ruleY(
        [isRatio ? 1 : 0].filter((neutral) => isWithin(neutral, scale)),
        { stroke: colour('ink') },
      ),
      line(points, { x: 'x', y: 'y', stroke: colour('after'), strokeOpacity: 0.5, strokeWidth: 1 }),
      link(points, { x1: 'x', x2: 'x', y1: 'low', y2: 'high', stroke: colour('after'), strokeWidth: 1.2 }),
      ...symbols(points, 2.8),
    ],
  });
}

/** One day more on either side where all runs began at the same moment. */
function timeScale(points: readonly Drawn[]): ScaleOptions {
  const times = points.map(({ x }) => x);
  const [first, last] = [least(times), most(times)];
  const DAY = 86_400_000;
  return { type: 'linear', domain: first < last ? [first, last] : [first - DAY, last + DAY] };
}

/** The first day, the last day, and one between them where there is room. */
function datesOf(points: readonly Drawn[]): number[] {
  const times = points.map(({ x }) => x);
  const [first, last] = [least(times), most(times)];
  return first < last ? [first, (first + last) / 2, last] : [first];
}

const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10);

function isWithin(value: number, { domain }: ScaleOptions): boolean {
  const [from = 0, to = 0] = domain as number[];
  return value >= from && value <= to;
}

const words = (text: string, y: number, className: string): string =>
  `<text class="${className}" x="8" y="${y}">${xml(text)}</text>`;

function inWords(trends: readonly Trend[]): string {
  const outside = trends.filter((trend) => pointsOf(trend).at(-1)?.symbol === OUTSIDE);
  const latest = trends.slice(0, 5).flatMap((trend) => {
    const last = trend.points.at(-1);
    if (!last) return [];
    const figureOf = METRICS[trend.metric].text;
    const band = trend.band
      ? `, band ${figureOf({ ...last.estimate, ...trend.band, point: last.estimate.point }).replace(/^\S+( %| ms)? /, '')}`
      : '';
    return [`${named(trend.title)} on ${trend.baseline}: ${trend.metric} ${figureOf(last.estimate)}${band}`];
  });
  const rest = trends.length > latest.length ? `; and ${trends.length - latest.length} more` : '';
  const banded = trends.filter(({ band }) => band);
  const known = banded.length
    ? `outside the band in the last run: ${outside.length} of ${banded.length} that have one`
    : 'none has a band yet';
  return `${counted(trends.length, 'item')}, run after run; ${known}. Last: ${latest.join('; ')}${rest}.`;
}
