import { axisX, gridX, link, rect, ruleX, text, type Markish, type ScaleOptions } from '@observablehq/plot';
import type { MeasuredAccount, ServedRead } from '../../model/ledger.ts';
import { byteUnit, bytes, counted, ratio, ratioText } from '../../format/quantity.ts';
import { shortened } from '../../format/plain-text.ts';
import type { Result } from '../../model/result.ts';
import { measuredAccounts } from '../sections/ledger.ts';
import { isOnLogAxis, logAxis, tickText } from './axis.ts';
import { colour } from './figure-style.ts';
import { figure, WIDTH, type Figure, type Part } from './figure.ts';
import { label } from './label.ts';
import { plot } from './plot.ts';
import { AXIS, TITLE } from './row-frame.ts';
import { legend, symbols, type Symbol } from './symbols.ts';
import { named } from './words.ts';

const KEPT: Symbol = { name: 'kept', shape: 'circle', colour: 'faster' };
const DROPPED: Symbol = { name: 'dropped', shape: 'square', colour: 'slower', isHollow: true };
const IDLE: Symbol = { name: 'not exercised', shape: 'diamond', colour: 'inconclusive' };

const symbolOf = ({ recommendation: { action } }: MeasuredAccount): Symbol =>
  action === 'drop' ? DROPPED : action === 'not exercised by this workload' ? IDLE : KEPT;

interface Row {
  account: MeasuredAccount;
  symbol: Symbol;
  best: ServedRead | undefined;
  /** The x positions of the name and of the other text. */
  y: number;
  middle: number;
}

const [BAR, GAP, VALUE] = [15, 8, 60];
const ROW = TITLE + BAR + GAP;

/** The size of each index, and the largest speedup that a read gains from it. */
export function ledgerWorthFigure(result: Result): Figure | undefined {
  const rows = measuredAccounts(result).map(rowOf);
  if (rows.length === 0) return undefined;
  const height = AXIS + 4 + rows.length * ROW;
  const title = 'Size of every index, and the largest speedup that it gives a read';
  const used = [...new Set(rows.filter(({ best }) => best).map(({ symbol }) => symbol))];
  return figure({ name: 'ledger', title, alternative: inWords(rows) }, [
    legend(used),
    { ...sizes(rows, height), isBeside: true },
    { ...worths(rows, height), isBeside: true, x: WIDTH / 2 },
    names(rows, height),
  ]);
}

const rowOf = (account: MeasuredAccount, at: number): Row => {
  const y = AXIS + 4 + at * ROW + TITLE / 2;
  const middle = y + (TITLE + BAR) / 2;
  return { account, symbol: symbolOf(account), best: bestRead(account), y, middle };
};

/** Measured beside the indexes that are kept; beside all others where the kept set is not known. */
const bestRead = ({ last, finally: final = last }: MeasuredAccount): ServedRead | undefined =>
  final.reads
    .filter(({ estimate }) => isOnLogAxis(estimate.point))
    .toSorted((a, b) => b.estimate.point - a.estimate.point)[0];

function sizes(rows: readonly Row[], height: number): Part {
  const unit = byteUnit(rows.map(({ account }) => account.bytes));
  const largest = Math.max(1, ...rows.map(({ account }) => account.bytes));
  const bars = rows.map(({ account: { bytes: size }, middle }) => ({
    size: size / largest,
    words: label(unit.of(size), 9),
    y: middle,
    top: middle - 5,
    bottom: middle + 5,
  }));
  return half({ height, name: `size, ${unit.name}`, scale: { domain: [0, 1.02], ticks: [] }, values: bars }, [
    rect(bars, { x1: () => 0, x2: 'size', y1: 'top', y2: 'bottom', fill: colour('muted') }),
    ruleX([0], { stroke: colour('ink'), strokeWidth: 1.2 }),
  ]);
}

function worths(rows: readonly Row[], height: number): Part {
  const lines = rows.flatMap(({ best, symbol, middle }) => {
    if (!best) return [];
    const { point, low, high } = best.estimate;
    const ends = { low: Math.min(low, point), high: Math.max(high, point) };
    return [{ x: point, ...ends, y: middle, symbol, colour: colour(symbol.colour) }];
  });
  const values = rows.map(({ best, symbol, middle }) => ({
    words: best ? label(ratio(best.estimate).point, 9) : `no gain: ${symbol.name}`,
    y: middle,
  }));
  const scale = logAxis(
    lines.flatMap(({ x, low, high }) => [x, low, high]),
    [0.9, 2],
  );
  return half({ height, name: 'best speedup', scale, values }, [
    ruleX([1], { stroke: colour('ink'), strokeWidth: 1.2 }),
    link(lines, { x1: 'low', x2: 'high', y1: 'y', y2: 'y', strokeWidth: 1.5, stroke: 'colour' }),
    ...symbols(lines),
  ]);
}

interface Half {
  height: number;
  name: string;
  scale: ScaleOptions;
  values: readonly { words: string; y: number }[];
}

/** An axis over half the width, with each value as text beside it. */
function half({ height, name, scale, values }: Half, marks: readonly Markish[]): Part {
  const ticks = (scale.ticks as number[]).filter((_, at, all) => at % Math.ceil(all.length / 4) === 0);
  return plot({
    width: WIDTH / 2,
    height,
    marginTop: AXIS,
    marginRight: VALUE,
    x: scale,
    y: { type: 'identity', axis: null },
    color: { type: 'identity' },
    marks: [
      gridX({ ticks, stroke: colour('grid'), strokeOpacity: 1 }),
      axisX({
        ticks,
        anchor: 'top',
        label: null,
        tickSize: 3,
        fontSize: 12,
        tickFormat: (tick: number) => `${tickText(tick)}x`,
      }),
      text([name], {
        frameAnchor: 'top-left',
        textAnchor: 'start',
        dy: 2 - AXIS,
        fontWeight: 600,
        text: words,
      }),
      ...marks,
      text(values, { y: 'y', text: 'words', frameAnchor: 'right', textAnchor: 'end', dx: VALUE - 10 }),
    ],
  });
}

const words = (line: string): string => line;

function names(rows: readonly Row[], height: number): Part {
  const lines = rows.map(({ account: { name }, y }) => ({ words: label(name, 46), y }));
  const halo = { stroke: colour('paper'), strokeWidth: 4, fill: colour('ink') };
  return plot({
    height,
    x: { type: 'identity', axis: null },
    y: { type: 'identity', axis: null },
    marks: [
      text(lines, {
        ...halo,
        y: 'y',
        text: 'words',
        frameAnchor: 'left',
        textAnchor: 'start',
        fontWeight: 600,
      }),
    ],
  });
}

function inWords(rows: readonly Row[]): string {
  const total = rows.reduce((sum, { account }) => sum + account.bytes, 0);
  const idle = rows.filter(({ best }) => !best);
  const most = rows.toSorted((a, b) => gain(b) - gain(a))[0];
  const largest = rows.toSorted((a, b) => b.account.bytes - a.account.bytes)[0];
  const told = ({ account, best }: Row): string =>
    `${shortened(account.name, 80)} takes ${bytes(account.bytes)} and ${best ? `gives ${named(best.title)} ${ratioText(best.estimate)}` : 'makes no read faster'}`;
  return [
    `${counted(rows.length, 'index', 'indexes')} of ${bytes(total)} in all; ${idle.length} of them make no read faster.`,
    ...(most ? [`The largest speedup: ${told(most)}.`] : []),
    ...(largest && largest !== most ? [`The largest: ${told(largest)}.`] : []),
  ].join(' ');
}

const gain = ({ best }: Row): number => best?.estimate.point ?? 0;
