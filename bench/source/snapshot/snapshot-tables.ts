import type { SnapshotTable } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import type { Source } from '../open-source.ts';
import type { SourceTable } from '../source-tables.ts';
import { extendedStatistics } from './extended-statistics.ts';
import { missingStatistics } from './missing-statistics.ts';
import { statisticsOfPartitions } from './partition-statistics.ts';
import { columnsOfTables } from './table-columns.ts';
import { countersOfTables, type TableCounters } from './table-counters.ts';

export interface SnapshotTables {
  tables: SnapshotTable[];
  unknown: LeftOut[];
}

/** What the server's statistics say of tables, as they are. */
export async function readTables(
  { connection, major, isStandby }: Pick<Source, 'connection' | 'major' | 'isStandby'>,
  chosen: readonly SourceTable[],
): Promise<SnapshotTables> {
  const columns = await columnsOfTables(connection, major);
  const counters = await countersOfTables(connection);
  const extended = await extendedStatistics(connection, major);
  const read = chosen.map(({ name, rows }): SnapshotTable => {
    const { pages, activity } = counters.get(name) ?? NOTHING;
    const [own, other] = [columns.get(name) ?? [], extended.byTable.get(name) ?? []];
    return { name, rows, pages, columns: own, extended: other, activity };
  });
  const partitioned = new Set(chosen.filter((one) => one.isPartitioned).map(({ name }) => name));
  const unknown: LeftOut[] = [];
  const tables: SnapshotTable[] = [];
  for (const table of read) {
    const isEmpty = !partitioned.has(table.name) || table.columns.some(({ statistics }) => statistics);
    const found = isEmpty ? undefined : await statisticsOfPartitions(connection, table.name, major);
    tables.push(found ? withStatistics(table, found) : table);
    if (found && found.size > 0)
      unknown.push({ object: `table ${table.name}`, reason: OF_PARTITIONS + table.name });
  }
  const sources = new Map(chosen.map((table) => [table.name, table]));
  const names = new Set(sources.keys());
  return {
    tables,
    unknown: [
      ...unknown,
      ...missingStatistics(tables, sources, counters),
      ...extended.unknown
        .filter(({ table }) => names.has(table))
        .map(({ object, reason }) => ({ object, reason })),
      ...rangesUnseen(tables, major),
      ...(isStandby ? [OF_STANDBY] : []),
    ],
  };
}

const NOTHING: TableCounters = {
  pages: 0,
  isFiltered: false,
  activity: { inserts: 0, updates: 0, hotUpdates: 0, deletes: 0, deadRows: 0 },
};

const OF_PARTITIONS =
  'it was not analysed as a whole: its statistics are put together from those of its partitions; for its own run ANALYZE ';

const OF_STANDBY: LeftOut = {
  object: 'writes and statements',
  reason: 'a standby counts its own: nothing is known of what the primary writes',
};

const withStatistics = (
  table: SnapshotTable,
  found: Awaited<ReturnType<typeof statisticsOfPartitions>>,
): SnapshotTable => ({
  ...table,
  columns: table.columns.map((column) => {
    const statistics = found.get(column.name);
    return statistics ? { ...column, statistics } : column;
  }),
});

function rangesUnseen(tables: readonly SnapshotTable[], major: number): LeftOut[] {
  if (major >= 17) return [];
  const names = tables.flatMap(({ name, columns }) =>
    columns.filter(({ type }) => type.endsWith('range')).map((column) => `${name}.${column.name}`),
  );
  if (names.length === 0) return [];
  return [
    {
      object: `ranges of ${names.join(', ')}`,
      reason: 'their lengths and bounds are shown since PostgreSQL 17 only',
    },
  ];
}
