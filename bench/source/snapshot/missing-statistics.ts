import type { SnapshotTable } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import type { SourceTable } from '../source-tables.ts';
import type { TableCounters } from './table-counters.ts';

const UNREADABLE =
  'this role may not read it: nothing is known of its values and of rows that refer to it; GRANT SELECT on it, and USAGE on its schema';
const FILTERED =
  'row security hides its statistics from this role: nothing is known of its values; read it as its owner or with BYPASSRLS';
const NEVER_ANALYSED = 'it was never analysed: nothing is known of its values; run ANALYZE';

/** Tables of whose columns nothing is known though they have rows. */
export function missingStatistics(
  tables: readonly SnapshotTable[],
  sources: ReadonlyMap<string, SourceTable>,
  counters: ReadonlyMap<string, TableCounters>,
): LeftOut[] {
  return tables
    .filter(
      ({ columns, pages }) =>
        pages > 0 && columns.length > 0 && columns.every(({ statistics }) => !statistics),
    )
    .map(({ name }) => {
      if (sources.get(name)?.isReadable === false) return { object: `table ${name}`, reason: UNREADABLE };
      const isFiltered = counters.get(name)?.isFiltered ?? false;
      return { object: `table ${name}`, reason: isFiltered ? FILTERED : `${NEVER_ANALYSED} ${name}` };
    });
}
