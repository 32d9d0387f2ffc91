import { count } from '../../format/quantity.ts';
import { isClose, type Crossover } from '../../model/crossover.ts';
import type { Sweep } from '../../model/sweep.ts';
import { left, rowTitle, type Layout, type Section } from '../sections/section.ts';
import { baselineCells, baselineColumns } from './baseline-column.ts';

/** Where the planner begins to use each index, and where each read begins to be faster. */
export function crossoverSection(sweep: Sweep, layout: Layout): Section {
  const rows = rowsOf(sweep.crossovers).map(({ first, use, time }) => [
    rowTitle(first.title, layout),
    ...baselineCells(sweep, first),
    first.table,
    use?.index ?? '-',
    use ? sizesText(use) : '-',
    time ? sizesText(time) : '-',
  ]);
  const columns = [left('read'), ...baselineColumns(sweep), left('rows of')];
  const begins = [left('index of the candidate'), left('the plan uses it'), left('the read is faster')];
  return {
    title: 'Where it begins',
    tables: rows.length > 0 ? [{ caption: undefined, columns: [...columns, ...begins], rows }] : [],
    remarks: remarksOn(sweep.crossovers),
  };
}

/** A use of an index, and beside the first of a read when that is faster, where both count rows of one table. */
interface Row {
  first: Crossover;
  use: Crossover | undefined;
  time: Crossover | undefined;
}

function rowsOf(crossovers: readonly Crossover[]): Row[] {
  const isSame = (a: Crossover, b: Crossover): boolean => a.read === b.read && a.baseline === b.baseline;
  const firsts = crossovers.filter(
    (one, place) => crossovers.findIndex((other) => isSame(one, other)) === place,
  );
  return firsts.flatMap((first): Row[] => {
    const ofRead = crossovers.filter((one) => isSame(one, first));
    const time = ofRead.find(({ of }) => of === 'time');
    const uses = ofRead.filter(({ of }) => of === 'plan');
    const beside = time && uses.find(({ table }) => table === time.table);
    return [
      ...uses.map((use) => ({ first: use, use, time: use === beside ? time : undefined })),
      ...(time && !beside ? [{ first: time, use: undefined, time }] : []),
    ];
  });
}

/** "from [2,371, 2,548] on", "at every size", "at no size". */
export function sizesText({ state, low, high, exceptions }: Crossover): string {
  const [from, to] = [low?.rows ?? 0, high?.rows ?? 0];
  const [smallest, largest] = [exceptions[0]?.rows ?? 0, exceptions.at(-1)?.rows ?? 0];
  const between = smallest === largest ? count(smallest) : `${count(smallest)} to ${count(largest)}`;
  if (state === 'below') return 'at every size';
  if (state === 'found')
    return `from [${count(from)}, ${count(to)}] on${exceptions.length > 0 ? `, and at ${between}` : ''}`;
  return exceptions.length > 0 ? `at ${between} only` : 'at no size';
}

function remarksOn(crossovers: readonly Crossover[]): string[] {
  const wide = crossovers.filter((crossover) => !isClose(crossover)).length;
  return [
    'rows: of the table that the index is on; of a read without one, of the largest table that it reads. [ ]: it begins between these rows, not shown at the first, and at the second and every larger size that was looked at',
    ...(crossovers.some(({ of }) => of === 'time')
      ? [
          'faster: shown to be, by the verdict of the run at that size. An inconclusive read is not, nor one whose plan stays the same',
        ]
      : []),
    ...(wide > 0
      ? [
          `${count(wide)} of these are not known to within 10 % of their rows: raise --steps, or choose --scales around them`,
        ]
      : []),
  ];
}
