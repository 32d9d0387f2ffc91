import type { Connection } from '../../../database/connection.ts';
import type { SnapshotTable } from '../../../model/snapshot.ts';
import type { LeftOut } from '../../../model/source.ts';
import { foreignKeys } from '../../sample/foreign-keys.ts';
import { groupOf, joinedColumns, nameOf, type CollectedColumn } from './column-groups.ts';
import { columnFakes, type ColumnFakes } from './column-fakes.ts';
import { keptTexts } from './kept-values.ts';
import { withOtherValues, type ChangeOf, type ValueChange } from './other-values.ts';
import type { TextColumn } from './text-columns.ts';
import { textsReplaced } from './texts-replaced.ts';

/** What is to be redacted. */
export interface StatisticsToRedact {
  tables: readonly SnapshotTable[];
  /** The SQL of the schema, whose words stay. */
  schema: string;
  /** Those whose texts are replaced, or whose values are left out. */
  columns: readonly TextColumn[];
  /** Of the database. */
  encoding: string;
}

export interface RedactedStatistics {
  tables: SnapshotTable[];
  /** What is in clear among texts, by the column. */
  kept: LeftOut[];
  /** What was left out, or is not as it was. */
  unknown: LeftOut[];
  fakes: ColumnFakes['byColumn'];
}

/** Statistics with fakes in place of their texts: of the same length, order and frequency. */
export async function redactStatistics(
  connection: Connection,
  { tables, schema, columns, encoding }: StatisticsToRedact,
): Promise<RedactedStatistics> {
  const isKept = await keptTexts(schema);
  const collected = collect(tables, columns);
  const groups = joinedColumns(collected, await foreignKeys(connection)).map((group) =>
    groupOf(group, isKept),
  );
  const isUtf8 = encoding === 'UTF8';
  const { byColumn, unlike } = await columnFakes(connection, { groups, isKept, isUtf8 });
  const change = changes(tables, columns, (name) => (text) => byColumn.get(name)?.get(text) ?? '');
  return {
    tables: withOtherValues(tables, change),
    kept: collected.flatMap((column) => keptInClear(column, isKept)),
    unknown: [...unlike, ...columns.filter(({ held }) => !held).map(withoutValues)],
    fakes: byColumn,
  };
}

/** The texts that the statistics of each column have. */
function collect(tables: readonly SnapshotTable[], columns: readonly TextColumn[]): CollectedColumn[] {
  const byName = new Map<string, Set<string>>();
  const change = changes(tables, columns, (name) => {
    const texts = byName.get(name) ?? new Set<string>();
    byName.set(name, texts);
    return (text) => {
      texts.add(text);
      return text;
    };
  });
  withOtherValues(tables, change);
  return columns.flatMap((column) => {
    const texts = byName.get(nameOf(column.table, column.column));
    return texts && texts.size > 0 ? { ...column, texts } : [];
  });
}

/**
 * What becomes of the values of each column when its texts are exchanged. Nothing is known of the type of an expression:
 * its values are left out.
 *
 * @param fakeOf what exchanges the texts of a column, by its name
 */
function changes(
  tables: readonly SnapshotTable[],
  columns: readonly TextColumn[],
  fakeOf: (name: string) => (text: string) => string,
): ChangeOf {
  const names = new Set(tables.flatMap(({ name, columns: own }) => own.map((one) => nameOf(name, one.name))));
  const found = new Map<string, ValueChange>(
    columns.map((column) => [nameOf(column.table, column.column), changeOf(column, fakeOf)]),
  );
  return (table, column) => {
    const name = nameOf(table, column);
    return found.get(name) ?? (names.has(name) ? { state: 'kept' } : { state: 'left out' });
  };
}

function changeOf(
  { table, column, held }: TextColumn,
  fakeOf: (name: string) => (text: string) => string,
): ValueChange {
  if (!held) return { state: 'left out' };
  const fake = fakeOf(nameOf(table, column));
  const kind = held.kind === 'lexemes' ? 'text' : held.kind;
  return {
    state: 'changed',
    value: (value) => textsReplaced(value, held, fake),
    element: (element) => textsReplaced(element, { kind, isArray: false, isRange: false }, fake),
  };
}

const MOST_NAMED = 20;

function keptInClear(
  { table, column, texts, held }: CollectedColumn,
  isKept: (text: string) => boolean,
): LeftOut[] {
  const object = `values of ${nameOf(table, column)}`;
  const words = [...texts].filter(isKept);
  const named = words.slice(0, MOST_NAMED).map((text) => `"${text}"`);
  const more = words.length > MOST_NAMED ? [`${words.length - MOST_NAMED} more`] : [];
  return [
    ...(words.length > 0
      ? [{ object, reason: `literals of the schema: ${[...named, ...more].join(', ')}` }]
      : []),
    ...(held?.kind === 'json' || held?.kind === 'hstore'
      ? [{ object, reason: 'keys of documents, numbers and truth values' }]
      : []),
    ...(held?.kind === 'xml' ? [{ object, reason: 'names of elements and attributes' }] : []),
  ];
}

const withoutValues = ({ table, column, type }: TextColumn): LeftOut => ({
  object: `values of ${nameOf(table, column)}`,
  reason: `they are left out: nothing is known of texts in ${type} (--keep-text ${nameOf(table, column)} takes them as they are)`,
});
