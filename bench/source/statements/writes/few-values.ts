import type { CatalogRelation, Column } from '../catalog.ts';

const MOST_VALUES = 100;
const LEAST_ROWS_OF_VALUE = 10;

/** Whether a column tells rows apart by a few values, such as a status, and is no part of a key. */
export function isOfFewValues(name: string, table: CatalogRelation): boolean {
  const column = table.columns.find((one) => one.name === name);
  return column !== undefined && !isOfKey(column, table) && hasFew(column, table);
}

const isOfKey = ({ name }: Column, { uniqueKeys, otherUniqueKeys, foreignKeys }: CatalogRelation): boolean =>
  [...uniqueKeys, ...otherUniqueKeys, ...foreignKeys.map(({ columns }) => columns)].some((key) =>
    key.includes(name),
  );

const hasFew = ({ type, spread }: Column, { rows }: CatalogRelation): boolean =>
  type === 'boolean' ||
  (spread !== undefined &&
    spread.distinctValues > 0 &&
    spread.distinctValues <= MOST_VALUES &&
    spread.distinctValues * LEAST_ROWS_OF_VALUE <= rows);
