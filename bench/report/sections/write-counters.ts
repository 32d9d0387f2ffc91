import type { Baseline } from '../../model/arm.ts';
import { ownBytes, type WriteCounters } from '../../model/counters.ts';
import { significant } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { left, right, tablePerBaseline, type Column, type Section, type Table } from './section.ts';

/** A count of PostgreSQL for one execution, and its name. */
const FIGURES: readonly { heading: string; of: (counters: WriteCounters) => number | undefined }[] = [
  { heading: 'WAL records', of: ({ steady }) => steady.records },
  { heading: 'WAL bytes', of: ({ steady }) => ownBytes(steady) },
  { heading: 'images', of: ({ steady }) => steady.fullPageImages },
  { heading: 'images after checkpoint', of: ({ postCheckpoint }) => postCheckpoint.fullPageImages },
  { heading: 'dirtied', of: ({ buffersDirtied }) => buffersDirtied },
  { heading: 'dead rows', of: ({ deadRows }) => deadRows / 2 },
  { heading: 'index growth, bytes', of: ({ indexGrowthBytes }) => indexGrowthBytes / 2 },
];

/** Without pg_walinspect, or without the right to use it, full-page images cannot be separated. */
export const imagesRemark = (result: Result): string =>
  hasImagesApart(result)
    ? 'full-page images apart'
    : 'full-page images included: only pg_walinspect (15 and later) separates them';

export const hasImagesApart = ({ writes }: Result): boolean =>
  writes.every(
    (write) =>
      write.state === 'failed' ||
      write.counters === undefined ||
      write.counters.after.steady.bytesWithoutImages !== undefined,
  );

/** The counts of one execution of each write, before and after: exact, however busy the machine is. */
export function writeCountersSection(result: Result): Section {
  return {
    title: 'Writes, counted',
    tables: tablePerBaseline(result, (baseline) => countersTable(result, baseline)),
    remarks: [
      'exact counts on fresh copies, per execution, without commits; every run counts the same number of executions',
      `WAL bytes: ${imagesRemark(result)}; images: full-page images, after most pages were logged once, and right after a checkpoint`,
      'dirtied: blocks of 8 kB; dead rows and index growth cover both regimes',
    ],
  };
}

function countersTable({ writes }: Result, baseline: Baseline): Table {
  const columns = FIGURES.flatMap(({ heading }): Column[] => [
    { ...right('before'), group: heading },
    { ...right('after'), group: heading },
  ]);
  const rows = writes.flatMap((write) => {
    if (write.state === 'failed' || write.baseline !== baseline || !write.counters) return [];
    const { before, after } = write.counters;
    return [[write.title, ...FIGURES.flatMap(({ of }) => [each(before, of), each(after, of)])]];
  });
  return { caption: baseline, columns: [left('write'), ...columns], rows };
}

function each(counters: WriteCounters, of: (counters: WriteCounters) => number | undefined): string {
  const sum = of(counters);
  return sum === undefined || counters.executions === 0 ? '' : significant(sum / counters.executions);
}
