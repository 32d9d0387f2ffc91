import { median } from '../../model/averages.ts';
import type { Checked, Growth, IndexGrowth, SweepPoint, SweptIndex } from '../../model/sweep.ts';
import { crossedLimits } from './crossed-limits.ts';
import { fitLine, type AtSize, type Line } from './growth-line.ts';
import { pointAt, pooledScatter, predictAt, type Lines, type Scatter } from './growth-prediction.ts';
import { rowsAt } from './largest-table.ts';

/** The size that is predicted at, and what the server has for it. */
export interface Prediction {
  rowsOf: (table: string) => number;
  settings: Readonly<Record<string, string>>;
}

/** One index at every scale, ascending. */
type Series = readonly Sized[];
interface Sized extends SweptIndex {
  scale: number;
  rows: number;
}

/**
 * How each index of the candidate grows with the rows of its table.
 *
 * @param points ascending
 */
export function indexGrowths(
  points: readonly SweepPoint[],
  prediction: Prediction | undefined,
): IndexGrowth[] {
  const all = seriesOf(points);
  const [build, bytes, wal] = [buildMs, ({ bytes }: Sized) => bytes, walBytes].map((figure, place) =>
    growthsOf(all, figure, place === 0 ? [linear, sorting, scattered] : [linear], prediction),
  );
  return all.flatMap((series, place) => {
    const largest = series.at(-1);
    const [ofBuild, ofBytes, ofWal] = [build?.[place], bytes?.[place], wal?.[place]];
    const point = points.find(({ scale }) => scale === largest?.scale);
    if (!largest || !point || !ofBuild || !ofBytes || !ofWal) return [];
    const head = headOf(largest, prediction);
    const crosses = prediction ? crossedLimits(head, point, prediction.settings) : [];
    return [{ ...head, build: ofBuild, bytes: ofBytes, wal: ofWal, crosses }];
  });
}

/** Scales at which the table has the same rows are one size: the last. */
function seriesOf(points: readonly SweepPoint[]): Series[] {
  const all = points.flatMap((point) =>
    point.indexes.map((index) => ({ ...index, scale: point.scale, rows: rowsAt(point, index.table) })),
  );
  const isSame = (a: Sized, b: Sized): boolean => a.index === b.index && a.baseline === b.baseline;
  const lasts = all.filter((one, place) => all.findLastIndex((other) => isSame(one, other)) === place);
  return lasts.map((last) => {
    const same = all.filter((one) => isSame(one, last));
    return same.filter((one, place) => same[place + 1]?.rows !== one.rows);
  });
}

function headOf(largest: Sized, prediction: Prediction | undefined) {
  const { index, table, baseline, rows, bytes } = largest;
  const figures = { rows, buildMs: buildMs(largest), bytes, walBytes: walBytes(largest) };
  const predicted = prediction && { predictedRows: prediction.rowsOf(table) };
  return { index, table, baseline, largest: figures, ...predicted };
}

const buildMs = ({ builds }: Sized): number => median(builds.map((build) => build.buildMs));

/** What others write meanwhile is in the others. */
const walBytes = ({ builds }: Sized): number => Math.min(...builds.map((build) => build.walBytes));

/** Rows are read and written once, and pages hold a number of them. */
const linear: Line['work'] = (rows) => rows;

/** Sorting compares each row about log2 of the rows times (Knuth, "The Art of Computer Programming", volume 3, 5.3.1). */
const sorting: Line['work'] = (rows) => rows * Math.log2(Math.max(2, rows));

/**
 * Equal keys are compared by what lies elsewhere in memory, and every such look takes longer the more memory there is: its
 * address is translated in about as many steps as the size has digits (Jurkiewicz and Mehlhorn 2014, "On a model of virtual
 * address translation").
 */
const scattered: Line['work'] = (rows) => sorting(rows) * Math.log2(Math.max(2, rows));

type Shapes = readonly Line['work'][];

/** One figure of all indexes, in their order: the errors of one tell about those of the others. */
function growthsOf(
  all: readonly Series[],
  figure: (index: Sized) => number,
  shapes: Shapes,
  prediction: Prediction | undefined,
): Growth[] {
  const sizes = all.map((series) => series.map((one) => ({ ...one, value: figure(one) })));
  const [whole, others] = [sizes, sizes.map((some) => some.slice(0, -1))].map((some) =>
    some.map((one) => linesOf(one, shapes)),
  ) as [Lines[], Lines[]];
  const scatters = { whole: pooledScatter(whole), others: pooledScatter(others) };
  return all.map((series, place) => {
    const [lines = [], without = []] = [whole[place], others[place]];
    const largest = sizes[place]?.at(-1);
    if (lines.length === 0 || !largest) return { state: 'not fitted', reason: reasonOf(series) };
    const rows = prediction?.rowsOf(largest.table);
    const predicted = rows !== undefined && scatters.whole && predictAt(lines, scatters.whole, rows);
    const check = without.length > 0 ? checkOf(without, scatters.others, largest) : undefined;
    return { state: 'fitted', ...(predicted && { predicted }), ...(check && { check }) };
  });
}

const linesOf = (sizes: readonly AtSize[], shapes: Shapes): Lines =>
  shapes.flatMap((work) => fitLine(sizes, work) ?? []);

function checkOf(lines: Lines, scatter: Scatter | undefined, { rows, value }: AtSize): Checked {
  const interval = scatter && predictAt(lines, scatter, rows);
  return { rows, predicted: pointAt(lines, rows), ...(interval && { interval }), measured: value };
}

const reasonOf = (series: Series): string =>
  series.length < 2 ? 'its table has the same rows at every scale' : 'it is not larger where its table is';
