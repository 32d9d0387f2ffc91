import { escapeIdentifier } from 'pg';
import { quotedRelation } from '../../../model/relation.ts';
import type { CatalogRelation } from '../catalog.ts';
import { closedSql, conditionsSql, fromSql, withSql, type Resolved } from '../parameters/closed.ts';
import { whereSql } from '../parameters/drawing.ts';
import type { Scope } from '../parameters/scopes.ts';
import { columnName } from '../parameters/tree.ts';
import type { DrawnUse } from '../parameters/use.ts';
import { freshValue } from './fresh.ts';
import { foundEmpty } from './once-only.ts';
import { ONCE_ONLY, spreadOrder, spreadOrderWithLast, UPDATES } from './targets.ts';

/** Executions of an UPDATE that changes all rows on one side of a bound: each changes more than the one before. */
const SWEEPS = 50;

/** What an array has for `= ANY ($1)`, without the row itself. */
const MORE_IN_LIST = 2;

/** The level of an UPDATE or a DELETE that names the rows to be changed. */
export interface Change {
  scope: Scope;
  drawn: readonly DrawnUse[];
  /** Of the other parameters. */
  values: Resolved;
  table: CatalogRelation;
  /** What the statement calls the table, for SQL. */
  alias: string;
  /** Where no unique key says which row is meant: each execution goes a little further. */
  bound: Extract<DrawnUse, { kind: 'bound' }> | undefined;
  /** A condition for rows that have already what SET gives them: the others come first. */
  unchanged: string | undefined;
  /** Whether no row can be changed twice. */
  isOnceOnly: boolean;
}

/**
 * The values of each execution, one for each of `drawn`, as `v1`, `v2`, ..., in the order `n`.
 *
 * @param conditions of the rows, beside those of the statement
 */
export function changedRows(change: Change, conditions: readonly string[]): string {
  const values = change.drawn.map(
    (use, place) => `${valueOf(use, `e${place + 1}`, change)} AS v${place + 1}`,
  );
  return (
    `SELECT ${[...values, 'row_number() OVER w AS n'].join(', ')} FROM (${foundRows(change, conditions)}) AS e ` +
    `WINDOW w AS (ORDER BY ${orderOf(change)})`
  );
}

/** The first rows that the statement may change: what it compares, and what it sets, as `e1`, `e2`, ... */
function foundRows(change: Change, further: readonly string[]): string {
  const { scope, drawn, values, alias, bound, isOnceOnly } = change;
  const sqls = drawn.map((use) =>
    use.kind === 'assigned' ? `${alias}.${escapeIdentifier(use.column)}` : closedSql(use.of, values),
  );
  const present = sqls.flatMap((sql, place) =>
    drawn[place]?.kind === 'assigned' ? [] : [`(${sql}) IS NOT NULL`],
  );
  const columns = [...sqls.map((sql, place) => `${sql} AS e${place + 1}`), `${placeOf(change)} AS place`];
  const conditions = [...conditionsSql(scope, values), ...new Set(present), ...further];
  const most = isOnceOnly ? ONCE_ONLY : bound ? SWEEPS : UPDATES;
  return (
    `${withSql(scope, values)}SELECT ${columns.join(', ')} FROM ${fromSql(scope, values)}${whereSql(conditions)}` +
    ` ORDER BY ${orderOf(change)} LIMIT ${most}`
  );
}

function placeOf({ bound, values, alias, unchanged }: Change): string {
  if (bound) return closedSql(bound.of, values);
  return unchanged === undefined ? spreadOrder(alias) : spreadOrderWithLast(alias, unchanged);
}

const orderOf = ({ bound }: Change): string => `place ${bound?.side === 'lower' ? 'DESC' : 'ASC'}`;

function valueOf(use: DrawnUse, column: string, change: Change): string {
  if (use.kind === 'assigned') return assignedValue(use.column, column, change);
  if (use.kind === 'bound' && use.side === 'neither') return use.value(differentValue(column));
  if (use.kind === 'bound' && use.side === change.bound?.side) return use.value(nextValue(column, change));
  if (use.kind === 'element')
    return use.value(`coalesce(lead(${column}, ${use.position}) OVER w, ${column})`);
  if (use.kind !== 'array') return use.value(column);
  return `array_agg(${column}) OVER (w ROWS BETWEEN CURRENT ROW AND ${MORE_IN_LIST} FOLLOWING)`;
}

/** The bound just beyond a row, among the rows that the other conditions find, so that the row is changed. */
function nextValue(column: string, change: Change): string {
  const others = change.drawn.flatMap((use, place) => (use.kind === 'equal' ? [`e${place + 1}`] : []));
  const partition = others.length > 0 ? `PARTITION BY ${others.join(', ')} ` : '';
  return `coalesce(lead(${column}) OVER (${partition}ORDER BY ${orderOf(change)}), ${column})`;
}

/** The least value of the rows; the greatest, for those that have the least. */
const differentValue = (column: string): string =>
  `coalesce(nullif(first_value(${column}) OVER (ORDER BY ${column}), ${column}), ` +
  `first_value(${column}) OVER (ORDER BY ${column} DESC))`;

/** What the next row has; a value of its own where the column is unique and refers to no other table. */
function assignedValue(name: string, own: string, { table, scope, drawn }: Change): string {
  const holds = (keys: readonly (readonly string[])[]): boolean => keys.some((key) => key.includes(name));
  const isUnique =
    holds([...table.uniqueKeys, ...table.otherUniqueKeys]) &&
    !holds(table.foreignKeys.map(({ columns }) => columns));
  const column = table.columns.find((one) => one.name === name);
  const fresh = column && isUnique ? freshValue(table, column, own, 'row_number() OVER w') : undefined;
  if (fresh !== undefined) return fresh;
  if (foundEmpty(scope.where).has(name)) return anyValue(name, table);
  if (drawn.some((use) => isCompared(use, name))) return differentValue(own);
  return `coalesce(lead(${own}) OVER w, ${own})`;
}

/** `SET status = $1 WHERE status = $2` gives a row another status than it has. */
const isCompared = (use: DrawnUse, name: string): boolean =>
  (use.kind === 'equal' || (use.kind === 'bound' && use.side === 'neither')) && columnName(use.of) === name;

/** Of those that some row has. */
const anyValue = (name: string, { name: table }: CatalogRelation): string =>
  `(SELECT ${escapeIdentifier(name)} FROM ${quotedRelation(table)} WHERE ${escapeIdentifier(name)} IS NOT NULL LIMIT 1)`;
