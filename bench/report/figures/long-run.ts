import { axisX, axisY, gridY, line } from '@observablehq/plot';
import { count, counted } from '../../format/quantity.ts';
import type { Arm } from '../../model/arm.ts';
import { least, most } from '../../model/extent.ts';
import type { LongRun, Stretch } from '../../model/long-run.ts';
import type { Result } from '../../model/result.ts';
import { evenAxis, tickText } from './axis.ts';
import { colour } from './figure-style.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { plot } from './plot.ts';
import { legend, symbols, type Mark, type Symbol } from './symbols.ts';

const ARMS: Readonly<Record<Arm, Symbol>> = {
  before: { name: 'before', shape: 'circle', colour: 'before' },
  after: { name: 'after', shape: 'diamond', colour: 'after' },
};

/** What happened in a second. */
const CHECKPOINT: Symbol = { name: 'checkpoint ended', shape: 'square', colour: 'ink' };
const VACUUM: Symbol = { name: 'autovacuum', shape: 'triangle', colour: 'muted' };

/** Throughput of both arms under load, second by second of each arm's own time. */
export function longRunFigure({ longRun }: Result): Figure | undefined {
  if (!longRun || longRun.stretches.every(({ executions }) => executions.length === 0)) return undefined;
  const curves = { before: curveOf('before', longRun), after: curveOf('after', longRun) };
  const events = [...eventsOf('before', longRun), ...eventsOf('after', longRun)];
  const used = [CHECKPOINT, VACUUM].filter((symbol) => events.some((event) => event.symbol === symbol));
  const title = 'Statements a second under load';
  return figure({ name: 'long-run', title, alternative: inWords(longRun) }, [
    legend([ARMS.before, ARMS.after, ...used]),
    drawing(curves, events),
  ]);
}

const stretchesOf = (arm: Arm, { stretches }: LongRun): Stretch[] =>
  stretches.filter((stretch) => stretch.arm === arm);

/** The stretches of an arm follow one another without the pause in which the other arm was loaded. */
const curveOf = (arm: Arm, run: LongRun): Mark[] =>
  stretchesOf(arm, run)
    .flatMap(({ executions }) => executions)
    .map((y, second) => ({ x: second + 1, y, symbol: ARMS[arm] }));

function eventsOf(arm: Arm, run: LongRun): Mark[] {
  let start = 0;
  return stretchesOf(arm, run).flatMap(({ executions, checkpoints, vacuums }) => {
    const from = start;
    start += executions.length;
    const at = (second: number, symbol: Symbol): Mark => ({
      x: from + second + 1,
      y: executions[second] ?? 0,
      symbol,
    });
    return [
      ...vacuums.map((second) => at(second, VACUUM)),
      ...checkpoints.map((second) => at(second, CHECKPOINT)),
    ];
  });
}

const HEIGHT = 170;

function drawing({ before, after }: Record<Arm, Mark[]>, events: readonly Mark[]): Part {
  const all = [...before, ...after];
  const scale = evenAxis(all.map(({ y }) => y));
  const ticks = scale.ticks as number[];
  return plot({
    height: HEIGHT,
    marginLeft: 50,
    marginRight: 18,
    marginTop: 6,
    marginBottom: 24,
    x: { type: 'linear', domain: [0, most(all.map(({ x }) => x))], axis: null },
    y: scale,
    color: { type: 'identity' },
    marks: [
      gridY({ ticks, stroke: colour('grid'), strokeOpacity: 1 }),
      axisY({ ticks, tickFormat: tickText, tickSize: 3, label: null, fontSize: 12 }),
      axisX({
        ticks: 6,
        tickFormat: (second: number) => `${tickText(second)} s`,
        tickSize: 3,
        label: null,
        fontSize: 12,
      }),
      ...[before, after].map((curve) =>
        line(curve, { x: 'x', y: 'y', stroke: colour(curve[0]?.symbol.colour ?? 'ink'), strokeWidth: 1.4 }),
      ),
      ...symbols(all, 1.6),
      ...symbols(events, 4),
    ],
  });
}

function inWords(run: LongRun): string {
  const told = (arm: Arm): string => {
    const seconds = stretchesOf(arm, run).flatMap(({ executions }) => executions);
    const range = `${count(least(seconds))} to ${count(most(seconds))} statements a second`;
    return `${arm}, ${range} over ${counted(seconds.length, 'second')}, ${counted(run[arm].stalledSeconds, 'stalled second')}`;
  };
  return `${counted(run.sessions, 'session')} at once: ${told('before')}; ${told('after')}.`;
}
