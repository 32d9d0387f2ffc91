import { Arm, type Baseline } from '../../model/arm.ts';
import { count, significant } from '../../format/quantity.ts';
import type { PendingList, WriteCounters } from '../../model/counters.ts';
import { laterBytes } from '../../model/pending-list.ts';
import type { Result } from '../../model/result.ts';
import { left, right, tablePerBaseline, type Section, type Table } from './section.ts';
import { imagesRemark } from './write-counters.ts';

/** What the counted writes have left in pending lists of GIN indexes. */
export function pendingListsSection(result: Result): Section {
  return {
    title: 'Pending lists of GIN indexes, still to be paid for',
    tables: tablePerBaseline(result, (baseline) => pendingTable(result, baseline)),
    remarks: [
      'counted on the same copies as the writes, after them; a read that uses the index scans its whole list, and here no read has met one',
      `later: what moving the list into the index takes (gin_clean_pending_list), which VACUUM does, or a write that makes the list longer than gin_pending_list_limit; WAL bytes for one execution, ${imagesRemark(result)}`,
    ],
  };
}

const COLUMNS = [
  ...[left('write'), left('index'), left('arm'), right('pages'), right('rows')],
  { ...right('WAL records'), group: 'later' },
  { ...right('WAL bytes for one'), group: 'later' },
  { ...right('growth, bytes'), group: 'later' },
];

function pendingTable({ writes }: Result, baseline: Baseline): Table {
  const rows = writes.flatMap((write) => {
    if (write.state === 'failed' || write.baseline !== baseline || !write.counters) return [];
    const { title, counters } = write;
    return Arm.options.flatMap((arm) =>
      (counters[arm].pendingLists ?? []).map((list) => [
        title,
        list.index,
        arm,
        ...figures(list, counters[arm]),
      ]),
    );
  });
  return { caption: baseline, columns: COLUMNS, rows };
}

const figures = (list: PendingList, counters: WriteCounters): string[] => [
  count(list.pages),
  list.rows === undefined ? 'not known' : count(list.rows),
  count(list.wal.records),
  significant(laterBytes(list, counters)),
  count(list.growthBytes),
];
