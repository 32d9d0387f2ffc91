import { axisX, axisY, gridY, line, rect, ruleY, type ScaleOptions } from '@observablehq/plot';
import { disturbedRounds } from '../../format/disturbed-rounds.ts';
import { counted, percentText, seconds, significant } from '../../format/quantity.ts';
import { least, most } from '../../model/extent.ts';
import type { Result } from '../../model/result.ts';
import { isDisturbed, type JudgedRound } from '../../model/round.ts';
import { evenAxis, isOnLogAxis, logAxis, tickText } from './axis.ts';
import { colour } from './figure-style.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { xml } from './label.ts';
import { plot } from './plot.ts';
import { legend, symbols, type Symbol } from './symbols.ts';

const QUIET: Symbol = { name: 'quiet round', shape: 'circle', colour: 'after' };
const DISTURBED: Symbol = { name: 'disturbed round', shape: 'diamond', colour: 'slower' };

/** One row of the figure. */
interface Row {
  title: string;
  points: Point[];
  scale: ScaleOptions;
  tick: (value: number) => string;
  /** Where the value is that of a quiet machine. */
  quiet: number;
}

interface Point {
  x: number;
  y: number;
  symbol: Symbol;
}

/** The machine from the first round to the last: its reference work, and what was stolen. */
export function courseFigure({ rounds }: Result): Figure | undefined {
  const drawn = rounds.filter(hasPlace).toSorted((a, b) => a.startedAtSeconds - b.startedAtSeconds);
  if (drawn.length === 0) return undefined;
  const rows = [
    relativeRow('Reference scan (memory), times the quiet level', drawn, ({ relative }) => relative.scan),
    relativeRow('Reference loop (core), times the quiet level', drawn, ({ relative }) => relative.loop),
    stealRow(drawn),
  ].filter(({ points }) => points.length > 0);
  const used = [QUIET, DISTURBED].filter((symbol) => drawn.some((round) => symbolOf(round) === symbol));
  return figure({ name: 'course', title: 'The machine during the run', alternative: inWords(drawn) }, [
    legend(used),
    ...rows.flatMap((row, at) => [heading(row), drawing(row, drawn, at === rows.length - 1)]),
  ]);
}

const endOf = (round: JudgedRound): number => round.startedAtSeconds + round.seconds;

/** No run lasts longer, and more digits would fill the page. */
const LONGEST_SECONDS = 1e9;

const hasPlace = (round: JudgedRound): boolean =>
  round.startedAtSeconds >= 0 && round.seconds >= 0 && endOf(round) <= LONGEST_SECONDS;

const symbolOf = (round: JudgedRound): Symbol => (isDisturbed(round) ? DISTURBED : QUIET);

/** The reference work is done at the end of a round. */
const pointOf = (round: JudgedRound, y: number): Point => ({ x: endOf(round), y, symbol: symbolOf(round) });

function relativeRow(
  title: string,
  rounds: readonly JudgedRound[],
  valueOf: (round: JudgedRound) => number,
): Row {
  const points = rounds.map((round) => pointOf(round, valueOf(round))).filter(({ y }) => isOnLogAxis(y));
  const scale = logAxis(
    points.map(({ y }) => y),
    [0.95, 1.5],
  );
  return { title, points, scale, tick: (value) => `${tickText(value)}x`, quiet: 1 };
}

function stealRow(rounds: readonly JudgedRound[]): Row {
  const points = rounds.flatMap((round) => {
    const { stealShare } = round.reference;
    return stealShare === undefined || !Number.isFinite(stealShare) ? [] : [pointOf(round, stealShare)];
  });
  const scale = evenAxis(points.map(({ y }) => y));
  return { title: 'Time given to other virtual machines', points, scale, tick: percentTick, quiet: 0 };
}

const percentTick = (share: number): string => `${tickText(100 * share)} %`;

const heading = ({ title }: Row): Part => ({
  svg: `<text class="strong" x="8" y="14">${xml(title)}</text>`,
  height: 20,
});

const [HEIGHT, AXIS] = [74, 20];

function drawing({ points, scale, tick, quiet }: Row, rounds: readonly JudgedRound[], isLast: boolean): Part {
  const all = scale.ticks as number[];
  const ticks = all.filter((_, at) => at % Math.ceil(all.length / 4) === 0);
  const spans = rounds.filter(isDisturbed).map((round) => ({ x1: round.startedAtSeconds, x2: endOf(round) }));
  return plot({
    height: HEIGHT + (isLast ? AXIS : 0),
    marginLeft: 50,
    marginRight: 12,
    marginTop: 4,
    marginBottom: isLast ? AXIS + 4 : 4,
    x: { ...timeScale(rounds), axis: null },
    y: scale,
    color: { type: 'identity' },
    marks: [
      rect(spans, { x1: 'x1', x2: 'x2', fill: colour('band') }),
      gridY({ ticks, stroke: colour('grid'), strokeOpacity: 1 }),
      axisY({ ticks, tickFormat: tick, tickSize: 3, label: null, fontSize: 12 }),
      ...(isLast
        ? [axisX({ ticks: 5, tickFormat: secondsTick, tickSize: 3, label: null, fontSize: 12 })]
        : []),
      ruleY([quiet], { stroke: colour('ink') }),
      line(points, { x: 'x', y: 'y', stroke: colour('after'), strokeOpacity: 0.5, strokeWidth: 1 }),
      ...symbols(points, 2.4),
    ],
  });
}

const secondsTick = (time: number): string => `${tickText(time)} s`;

function timeScale(rounds: readonly JudgedRound[]): ScaleOptions {
  const [first, last] = [least(rounds.map((round) => round.startedAtSeconds)), most(rounds.map(endOf))];
  return { type: 'linear', domain: [first, Math.max(last, first + 1)] };
}

function inWords(rounds: readonly JudgedRound[]): string {
  const range = (values: readonly number[]): string =>
    `${significant(least(values))}x to ${significant(most(values))}x`;
  const shares = rounds.flatMap(({ reference: { stealShare } }) =>
    stealShare === undefined ? [] : [stealShare],
  );
  const steal = shares.length > 0 ? `; at most ${percentText(most(shares))} of the time was stolen` : '';
  return [
    `Work that is the same at the end of each of ${counted(rounds.length, 'round')}, over ${seconds(most(rounds.map(endOf)))}.`,
    `${disturbedRounds(rounds)}.`,
    `In times of the quiet level, the scan takes ${range(rounds.map(({ relative }) => relative.scan))}, the loop ${range(rounds.map(({ relative }) => relative.loop))}${steal}.`,
  ].join(' ');
}
