import type { IndexGrowth, SweepPoint } from '../../model/sweep.ts';
import { rowsAt } from './largest-table.ts';

/**
 * What a sort takes of a row at least: an entry of 24 bytes and an index tuple of 16 (SortTuple in PostgreSQL's tuplesort.h,
 * IndexTupleData in itup.h).
 */
const SORTED_ROW_BYTES = 40;

/** An index has at least the place of each row that it leads to (ItemPointerData in PostgreSQL's itemptr.h): a partial one has few. */
const PLACE_BYTES = 6;

type Settings = Readonly<Record<string, string>>;

/** Limits of memory that an index passes between the largest scale and the predicted size, in words. */
export function crossedLimits(
  { table, largest, predictedRows }: Pick<IndexGrowth, 'table' | 'largest' | 'predictedRows'>,
  point: SweepPoint,
  settings: Settings,
): string[] {
  if (predictedRows === undefined || largest.rows === 0) return [];
  const tableBytes = point.tables.find((one) => one.table === table)?.bytes ?? 0;
  const perRow = tableBytes / Math.max(1, rowsAt(point, table));
  const sortedShare = Math.min(1, largest.bytes / (PLACE_BYTES * largest.rows));
  const passes = (bytesPerRow: number, setting: string): boolean => {
    const limit = bytesOfSetting(settings[setting]);
    return largest.rows * bytesPerRow <= limit && limit < predictedRows * bytesPerRow;
  };
  const named = (setting: string): string => `${setting} (${settings[setting] ?? ''})`;
  return [
    ...(passes(SORTED_ROW_BYTES * sortedShare, 'maintenance_work_mem')
      ? [`its sort no longer fits ${named('maintenance_work_mem')}`]
      : []),
    ...(passes(perRow, 'shared_buffers') ? [`its table no longer fits ${named('shared_buffers')}`] : []),
  ];
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** "256MB" as PostgreSQL shows it, in bytes; Infinity for what is no size. */
function bytesOfSetting(shown = ''): number {
  const [, number, unit = ''] = /^(\d+)(\w+)$/.exec(shown) ?? [];
  const power = UNITS.indexOf(unit);
  return number === undefined || power < 0 ? Infinity : Number(number) * 1024 ** power;
}
