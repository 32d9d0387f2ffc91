import { escapeIdentifier } from 'pg';
import { quotedRelation } from '../../../model/relation.ts';
import type { CatalogRelation, Column } from '../catalog.ts';

/** What a new value is made from: SQL for the largest of the table, for that of a row, and for a number that is new. */
interface Origin {
  largest: string;
  own: string;
  n: string;
}

/** How a type has new values. */
const MAKERS: readonly (readonly [RegExp, (origin: Origin) => string])[] = [
  [/^(smallint|integer|bigint|numeric)$/, ({ largest, n }) => `coalesce(${largest}, 0) + ${n}`],
  [/^uuid$/, ({ n }) => `md5('fresh ' || ${n})::uuid`],
  [/^timestamp/, ({ largest, n }) => `${largest} + ${n} * interval '1 second'`],
  [/^date$/, ({ largest, n }) => `${largest} + (${n})::integer`],
  [/^(text|character varying|character|citext)$/, ({ own, n }) => `${n} || '-' || ${own}`],
];

/**
 * @param own SQL for the value of an existing row
 * @param n SQL for a number that no other new value has
 * @returns SQL for a value that no row has; undefined for a type of few values
 */
export function freshValue(
  table: CatalogRelation,
  column: Column,
  own: string,
  n: string,
): string | undefined {
  const make = MAKERS.find(([pattern]) => pattern.test(column.type))?.[1];
  const largest = `(SELECT max(${escapeIdentifier(column.name)}) FROM ${quotedRelation(table.name)})`;
  return make?.({ largest, own, n });
}

/** The columns that make every unique key new: one of each, none that refers to another table. */
export function freshColumns(table: CatalogRelation, given: ReadonlySet<string>): FreshColumns {
  const referring = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const fresh = new Set<string>();
  const keys = [...table.uniqueKeys, ...table.otherUniqueKeys].filter((key) =>
    key.some((name) => given.has(name)),
  );
  const unsolved = keys.filter((key) => {
    if (isFilled(table, key, given) || key.some((name) => fresh.has(name))) return false;
    const column = MAKERS.flatMap(([pattern]) =>
      columnsOf(table, key).filter(({ type }) => pattern.test(type)),
    ).find(({ name }) => given.has(name) && !referring.has(name));
    if (column) fresh.add(column.name);
    return !column;
  });
  return { fresh, unsolved };
}

export interface FreshColumns {
  fresh: ReadonlySet<string>;
  /** Unique keys of which every column refers to another table, or has a type of few values. */
  unsolved: readonly (readonly string[])[];
}

/** PostgreSQL makes a part of the key new: an identity, a sequence, a random UUID. */
const isFilled = (table: CatalogRelation, key: readonly string[], given: ReadonlySet<string>): boolean =>
  columnsOf(table, key).some(({ name, fills }) => !given.has(name) && fills !== 'nothing');

const columnsOf = (table: CatalogRelation, names: readonly string[]): Column[] =>
  table.columns.filter(({ name }) => names.includes(name));
