import { bytes, changeText, count, longDuration } from '../../format/quantity.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { Checked, Growth, Sweep } from '../../model/sweep.ts';
import { left, right, type Column, type Layout, type Section, type Table } from '../sections/section.ts';
import { baselineCells, baselineColumns } from './baseline-column.ts';

/** Builds, bytes and WAL of every index: measured at the largest scale, and predicted. */
export function indexSection(sweep: Sweep, layout: Layout): Section {
  const { growths, predict } = sweep;
  const tables =
    growths.length === 0 ? [] : [measuredTable(sweep), ...(predict ? [predictedTable(sweep)] : [])];
  return {
    title: 'What indexes take',
    tables,
    remarks: growths.length === 0 ? [] : remarksOn(sweep, layout),
  };
}

const headColumns = (sweep: Sweep): Column[] => [left('index'), ...baselineColumns(sweep), right('rows')];

const measuredTable = (sweep: Sweep): Table => ({
  caption: `at scale ${sweep.points.findLast(({ indexes }) => indexes.length > 0)?.scale ?? ''}`,
  columns: [...headColumns(sweep), ...['build', 'check', 'bytes', 'check', 'WAL', 'check'].map(right)],
  rows: sweep.growths.map((growth) => [
    growth.index,
    ...baselineCells(sweep, growth),
    count(growth.largest.rows),
    ...[longDuration(growth.largest.buildMs), checkText(growth.build)],
    ...[bytes(growth.largest.bytes), checkText(growth.bytes)],
    ...[bytes(growth.largest.walBytes), checkText(growth.wal)],
  ]),
});

/** "+3.1 %", with a mark where the interval does not hold what was measured. */
function checkText(growth: Growth): string {
  const check = growth.state === 'fitted' ? growth.check : undefined;
  if (!check) return '-';
  return `${changeText(check.predicted / check.measured - 1)}${isMissed(check) ? ' !' : ''}`;
}

export const isMissed = ({ interval, measured }: Checked): boolean =>
  interval !== undefined && (measured < interval.low || measured > interval.high);

const predictedTable = (sweep: Sweep): Table => ({
  caption: `predicted, where ${sweep.predict?.table ?? ''} has ${count(sweep.predict?.rows ?? 0)} rows`,
  columns: [...headColumns(sweep), left('build'), left('bytes'), left('WAL')],
  rows: sweep.growths.map((growth) => [
    growth.index,
    ...baselineCells(sweep, growth),
    growth.predictedRows === undefined ? '' : count(growth.predictedRows),
    predictedText(growth.build, longDuration),
    predictedText(growth.bytes, bytes),
    predictedText(growth.wal, bytes),
  ]),
});

function predictedText(growth: Growth, text: (value: number) => string): string {
  if (growth.state === 'not fitted') return `not predicted: ${growth.reason}`;
  return growth.predicted ? intervalText(growth.predicted, text) : 'not predicted: it takes three sizes';
}

export const intervalText = ({ point, low, high }: Estimate, text: (value: number) => string): string =>
  `${text(point)} [${text(low)}, ${text(high)}]`;

function remarksOn({ growths, predict }: Sweep, layout: Layout): string[] {
  const missed = growths.filter(({ build, bytes: size, wal }) =>
    [build, size, wal].some((growth) => growth.state === 'fitted' && growth.check && isMissed(growth.check)),
  );
  return [
    'check: by how much the smaller scales alone, fitted, are off what was measured here' +
      (missed.length > 0 ? '; ! outside its 95 % prediction interval: the index grows in another way' : ''),
    ...(predict ? ['[ ]: 95 % prediction interval of one more build, bytes or WAL'] : []),
    ...crossedRemarks(growths),
    ...(layout === 'page' ? METHOD : []),
  ];
}

/** A limit, and the indexes that pass it between what was measured and what is predicted. */
function crossedRemarks(growths: Sweep['growths']): string[] {
  const limits = [...new Set(growths.flatMap(({ crosses }) => crosses))];
  return limits.map((limit) => {
    const names = growths.filter(({ crosses }) => crosses.includes(limit)).map(({ index }) => index);
    return `a build may take longer than predicted, where ${limit}: ${[...new Set(names)].join(', ')}`;
  });
}

const METHOD = [
  "bytes and WAL are fitted as a fixed part and n rows; a build as a fixed part and between n, for reading and writing them, and n log² n, for sorting what lies anywhere in memory. Relative errors are least, and the interval is by Student's t",
  'builds are repeated on one copy, with the pages of the table in memory, no other session and no parallel worker',
];
