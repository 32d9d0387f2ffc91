import type { FanOut, Snapshot, SnapshotTable } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import { withoutForeignKeys } from '../foreign-keys.ts';
import type { MadeSchema } from '../migrations/made-schema.ts';
import type { ForeignKey } from '../sample/foreign-keys.ts';
import { onMadeTable } from './on-made-table.ts';

/**
 * The statistics of a snapshot on the schema that migrations make: of the tables and columns that both have.
 *
 * @returns also what is not as in the snapshot, and what of the schema its rows could break
 */
export async function onMadeSchema(
  snapshot: Snapshot,
  made: MadeSchema,
): Promise<{ snapshot: Snapshot; leftOut: LeftOut[] }> {
  const known = new Map(snapshot.tables.map((table) => [table.name, table]));
  const fitted = snapshot.tables.flatMap((table) => {
    const columns = made.tables.get(table.name);
    return columns ? [onMadeTable(table, { ...made, columns })] : [];
  });
  const tables = fitted.map(({ table }) => table);
  const fanOuts = snapshot.fanOuts.filter((fanOut) => isOn(fanOut, tables));
  const breakable = made.foreignKeys.filter((key) => mayBreak(key, { tables, fanOuts, made }));
  const afterRows = await withoutForeignKeys(made.schema.afterRows, {
    empty: new Set(),
    named: breakable.map(({ table, name }) => ({ table, name, reason: UNKNOWN_KEY })),
  });
  return {
    snapshot: {
      ...snapshot,
      ...{ tables, fanOuts, uniqueKeys: made.uniqueKeys, checks: made.checks },
      schema: {
        ...made.schema,
        afterRows: afterRows.sql,
        materializedViews: [...made.schema.materializedViews],
        leftOut: [...made.schema.leftOut],
      },
    },
    leftOut: [
      ...[...made.tables.keys()].filter((name) => !known.has(name)).map(emptyTable),
      ...[...known.keys()].filter((name) => !made.tables.has(name)).map(lostTable),
      ...fitted.flatMap(({ leftOut }) => leftOut),
      ...afterRows.leftOut,
    ],
  };
}

const emptyTable = (name: string): LeftOut => ({
  object: `the rows of ${name}`,
  reason: 'the migrations make the table, and the snapshot does not have it',
});

const lostTable = (name: string): LeftOut => ({
  object: `table ${name}`,
  reason: 'the snapshot has it, and no migration before the candidate makes it',
});

const UNKNOWN_KEY = 'the snapshot does not have it, so the rows made of it may break it';

const isOn = (
  { table, columns, refersTo, referredColumns }: FanOut,
  tables: readonly SnapshotTable[],
): boolean => hasAll(tables, table, columns) && hasAll(tables, refersTo, referredColumns);

const hasAll = (tables: readonly SnapshotTable[], name: string, columns: readonly string[]): boolean => {
  const found = tables.find((table) => table.name === name);
  return found !== undefined && columns.every((column) => found.columns.some((one) => one.name === column));
};

interface Kept extends Pick<Snapshot, 'tables' | 'fanOuts'> {
  made: MadeSchema;
}

/** A key that the snapshot does not have holds where no row of the table has all of its columns. */
function mayBreak(key: ForeignKey, { tables, fanOuts, made }: Kept): boolean {
  const table = tables.find(({ name }) => name === key.table);
  if (!table || table.rows === 0 || fanOuts.some((fanOut) => isSame(fanOut, key))) return false;
  const isMissing = (name: string): boolean => !table.columns.some((column) => column.name === name);
  const isNull = (name: string): boolean =>
    made.tables
      .get(key.table)
      ?.some(({ column, otherwise }) => column.name === name && otherwise === 'NULL') ?? false;
  return !key.columns.some((name) => isMissing(name) && isNull(name));
}

const isSame = (fanOut: FanOut, key: ForeignKey): boolean =>
  fanOut.table === key.table &&
  fanOut.refersTo === key.refersTo &&
  fanOut.columns.join('\0') === key.columns.join('\0') &&
  fanOut.referredColumns.join('\0') === key.referredColumns.join('\0');
