import type { CatalogRelation, Column } from '../catalog.ts';
import { as, lastName } from '../parameters/tree.ts';
import type { DrawnUse, Use } from '../parameters/use.ts';
import type { ReplayableWrite } from '../source-statement.ts';

type Constant = Extract<Use, { kind: 'constant' }>;

/** A write whose parameters are known. */
export interface UsedWrite {
  operation: ReplayableWrite['operation'];
  table: CatalogRelation;
  uses: readonly Use[];
}

/**
 * The literals that a write keeps. What `'open'` costs in a partial index, another row's status does not. Where a column
 * has many values, belongs to a key or refers to another table, a literal is one of many, and a write that has the same
 * one each time would be another write. So would an UPDATE that sets what is there already: one of
 * `SET status = 'done' WHERE status = 'open'` keeps both.
 *
 * @param literals by the number of the parameter that takes their place
 */
export function keptLiterals(
  { operation, table, uses }: UsedWrite,
  literals: ReadonlyMap<number, string>,
): Constant[] {
  const isOfFew = (use: DrawnUse): boolean => literals.has(use.number) && isColumnOfFew(use, table);
  const compared = uses.filter((use) => use.kind !== 'constant' && use.kind !== 'assigned' && isOfFew(use));
  const left = new Set(compared.map(nameOf));
  const isKept = (use: Use): boolean => {
    if (use.kind === 'constant') return true;
    return isOfFew(use) && (use.kind !== 'assigned' || operation === 'INSERT' || left.has(nameOf(use)));
  };
  return uses.filter(isKept).flatMap((use): Constant[] => {
    const sql = literals.get(use.number);
    return sql === undefined ? [] : [{ kind: 'constant', number: use.number, sql, what: whatOf(use) }];
  });
}

const nameOf = (use: Use): string =>
  use.kind === 'constant' ? '' : lastName(as('ColumnRef', use.of)?.fields);

const whatOf = (use: Use): string =>
  use.kind === 'constant' ? use.what : `${nameOf(use)}, which has few values,`;

function isColumnOfFew(use: Use, table: CatalogRelation): boolean {
  const column = table.columns.find(({ name }) => name === nameOf(use));
  return column !== undefined && !isOfKey(column, table) && hasFewValues(column, table);
}

const isOfKey = ({ name }: Column, { uniqueKeys, otherUniqueKeys, foreignKeys }: CatalogRelation): boolean =>
  [...uniqueKeys, ...otherUniqueKeys, ...foreignKeys.map(({ columns }) => columns)].some((key) =>
    key.includes(name),
  );

const MOST_VALUES = 100;
const LEAST_ROWS_OF_VALUE = 10;

const hasFewValues = ({ type, spread }: Column, { rows }: CatalogRelation): boolean =>
  type === 'boolean' ||
  (spread !== undefined &&
    spread.distinctValues <= MOST_VALUES &&
    spread.distinctValues * LEAST_ROWS_OF_VALUE <= rows);
