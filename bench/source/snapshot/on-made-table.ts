import type { ColumnStatistics, SnapshotColumn, SnapshotTable, UniqueKey } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import type { MadeColumn } from '../migrations/made-schema.ts';

interface MadeTable {
  columns: readonly MadeColumn[];
  uniqueKeys: readonly UniqueKey[];
}

/** The statistics of a table on the columns that migrations give it, and what is not as in the snapshot. */
export function onMadeTable(
  table: SnapshotTable,
  { columns, uniqueKeys }: MadeTable,
): { table: SnapshotTable; leftOut: LeftOut[] } {
  const uniques = uniqueKeys.filter((key) => key.table === table.name).flatMap((key) => key.columns);
  const known = new Map(table.columns.map((column) => [column.name, column]));
  const fitted = columns.map((made) => {
    const found = known.get(made.column.name);
    return found ? onKnown(found, made.column) : onNew(made, uniques.includes(made.column.name));
  });
  const kept = fitted.flatMap(({ column }) => column ?? []);
  const names = new Set(columns.map(({ column }) => column.name));
  const lost = [...known.keys()].filter((name) => !names.has(name));
  const hasAll = (of: readonly string[]): boolean =>
    of.every((name) => !known.has(name) || kept.some((one) => one.name === name && one.statistics));
  return {
    table: { ...table, columns: kept, extended: table.extended.filter((group) => hasAll(group.columns)) },
    leftOut: [
      ...fitted.flatMap(({ column, note }, at) =>
        note === undefined
          ? []
          : [{ object: `${table.name}.${column?.name ?? nameAt(columns, at)}`, reason: note }],
      ),
      ...lost.map((name) => ({ object: `${table.name}.${name}`, reason: LOST })),
    ],
  };
}

const nameAt = (columns: readonly MadeColumn[], at: number): string => columns[at]?.column.name ?? '';

interface Fitted {
  /** Undefined where rows name no value for it. */
  column?: SnapshotColumn;
  /** What is not as in the snapshot. */
  note?: string;
}

const LOST =
  'the snapshot has it, and no migration before the candidate makes it: its statistics are not used';

function onKnown({ type, statistics }: SnapshotColumn, column: SnapshotColumn): Fitted {
  if (!statistics) return { column };
  if (kindOf(type) !== kindOf(column.type))
    return { column, note: `it is ${type} in the snapshot, and ${column.type} here: its values are made up` };
  if (!hasLabels(statistics, column.labels))
    return { column, note: 'the snapshot has values that its type does not have: its values are made up' };
  if (column.isNotNull && statistics.nullShare > 0)
    return {
      column: { ...column, statistics: { ...statistics, nullShare: 0 } },
      note: 'it is NULL in rows of the snapshot, and NOT NULL here',
    };
  return { column: { ...column, statistics } };
}

function onNew({ column, otherwise }: MadeColumn, isUnique: boolean): Fitted {
  const isMade = otherwise === 'nothing' || (isUnique && otherwise === 'its default');
  const filled = isMade ? 'its values are made up' : `rows have ${otherwise}`;
  const note = `the migrations make it, and the snapshot does not have it: ${filled}`;
  return isMade ? { column, note } : { note };
}

/** Types whose values the others of their kind take. */
const KINDS = [
  ['text', 'character varying', 'character'],
  ['smallint', 'integer', 'bigint', 'numeric'],
  ['timestamp without time zone', 'timestamp with time zone'],
];

const kindOf = (type: string): string => {
  const plain = type.replace(/\([^)]*\)/, '');
  return KINDS.find((kind) => kind.includes(plain))?.[0] ?? plain;
};

const hasLabels = (
  { mostCommon, bounds }: ColumnStatistics,
  labels: readonly string[] | undefined,
): boolean =>
  !labels || [...mostCommon.map(({ value }) => value), ...bounds].every((value) => labels.includes(value));
