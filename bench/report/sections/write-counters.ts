import type { Baseline } from '../../model/arm.ts';
import { ownBytes, type WriteCounters } from '../../model/counters.ts';
import { significant } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { left, right, tablePerBaseline, type Column, type Section, type Table } from './section.ts';

/** A figure of one execution that PostgreSQL counts, and what it is called. */
const FIGURES: readonly { heading: string; of: (counters: WriteCounters) => number | undefined }[] = [
  { heading: 'WAL records', of: ({ steady }) => steady.records },
  { heading: 'WAL bytes', of: ({ steady }) => ownBytes(steady) },
  { heading: 'images', of: ({ steady }) => steady.fullPageImages },
  { heading: 'images after checkpoint', of: ({ postCheckpoint }) => postCheckpoint.fullPageImages },
  { heading: 'dirtied', of: ({ buffersDirtied }) => buffersDirtied },
  { heading: 'dead rows', of: ({ deadRows }) => deadRows / 2 },
  { heading: 'index growth, bytes', of: ({ indexGrowthBytes }) => indexGrowthBytes / 2 },
];

/** Where pg_walinspect is missing, or is not for this role, images cannot be told apart. */
export const imagesRemark = (result: Result): string =>
  hasImagesApart(result)
    ? 'full-page images apart'
    : 'full-page images among them, which only pg_walinspect (15 and later) tells apart';

export const hasImagesApart = ({ writes }: Result): boolean =>
  writes.every(
    (write) =>
      write.state === 'failed' ||
      write.counters === undefined ||
      write.counters.after.steady.bytesWithoutImages !== undefined,
  );

/** What one execution of each write does, before and after: exact, and the same however busy the machine is. */
export function writeCountersSection(result: Result): Section {
  return {
    title: 'Writes, counted',
    tables: tablePerBaseline(result, (baseline) => countersTable(result, baseline)),
    remarks: [
      'exact counts on fresh copies, divided by the executions counted, which are as many in every run; commits apart',
      `WAL bytes: ${imagesRemark(result)}; images: whole pages logged, once most pages have been, and right after a checkpoint`,
      'dirtied: blocks of 8 kB made dirty; dead rows and index growth are those of both regimes',
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
