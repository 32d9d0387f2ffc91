import type { ForeignKey } from '../../sample/foreign-keys.ts';
import { symbolsOf } from './alphabets-for.ts';
import type { TextColumn, TextOrder } from './text-columns.ts';

/** A column, and the texts that its statistics have. */
export interface CollectedColumn extends TextColumn {
  texts: ReadonlySet<string>;
}

/** Columns in which a text has one fake. */
export interface ColumnGroup {
  order: TextOrder;
  symbols: string;
  columns: readonly CollectedColumn[];
}

/** The columns that foreign keys join. */
export function joinedColumns(
  columns: readonly CollectedColumn[],
  keys: readonly ForeignKey[],
): CollectedColumn[][] {
  const groups = new Map(columns.map((column) => [nameOf(column.table, column.column), [column]]));
  for (const { table, columns: from, refersTo, referredColumns } of keys)
    for (const [at, column] of from.entries()) {
      const one = groups.get(nameOf(table, column));
      const other = groups.get(nameOf(refersTo, referredColumns[at] ?? ''));
      if (!one || !other || one === other) continue;
      const both = [...one, ...other];
      for (const member of both) groups.set(nameOf(member.table, member.column), both);
    }
  return [...new Set(groups.values())];
}

export const nameOf = (table: string, column: string): string => `${table}.${column}`;

export const textsOf = (columns: readonly CollectedColumn[]): string[] => [
  ...new Set(columns.flatMap(({ texts }) => [...texts])),
];

/** @param isKept texts that stay have no say in what fakes are made of */
export function groupOf(columns: readonly CollectedColumn[], isKept: (text: string) => boolean): ColumnGroup {
  const { collation = '', ignoresCase = false } = columns[0] ?? {};
  const symbols = symbolsOf(textsOf(columns).filter((text) => !isKept(text)));
  return { order: { collation, ignoresCase }, symbols, columns };
}

/** Groups that sort in one way and have one alphabet, and all of them as one: a text has one fake in it. */
export interface AlikeGroups {
  whole: ColumnGroup;
  parts: ColumnGroup[];
}

export function alikeGroups(groups: readonly ColumnGroup[]): AlikeGroups[] {
  const alike = new Map<string, ColumnGroup[]>();
  for (const group of groups) {
    const key = JSON.stringify([group.order, group.symbols]);
    alike.set(key, [...(alike.get(key) ?? []), group]);
  }
  return [...alike.values()].flatMap((parts) =>
    parts.slice(0, 1).map((first) => ({
      whole: { ...first, columns: parts.flatMap(({ columns }) => columns) },
      parts,
    })),
  );
}
