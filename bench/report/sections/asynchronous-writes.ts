import type { Baseline } from '../../model/arm.ts';
import { overhead } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { left, tablePerBaseline, type Section, type Table } from './section.ts';
import { ratioCells, ratioColumns } from './times.ts';

/** Writes whose commits do not wait for the disk. */
export function asynchronousWritesSection(result: Result): Section {
  return {
    title: 'Writes, synchronous_commit off',
    tables: tablePerBaseline(result, (baseline) => asynchronousTable(result, baseline)),
    remarks: ['both arms wait for the disk; that wait hides part of the cost of indexes'],
  };
}

function asynchronousTable({ writes }: Result, baseline: Baseline): Table {
  const rows = writes.flatMap((write) => {
    if (write.state === 'failed' || write.baseline !== baseline || !write.asynchronous) return [];
    return [[write.title, ...ratioCells(write.asynchronous, overhead)]];
  });
  return { caption: baseline, columns: [left('write'), ...ratioColumns('overhead')], rows };
}
