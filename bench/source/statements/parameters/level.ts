import { closedSql, conditionsSql, fromSql, withSql } from './closed.ts';
import type { ScopeColumns } from './columns.ts';
import { whereSql, type Drawing, type Temperature } from './drawing.ts';
import type { Scope } from './scopes.ts';
import type { DrawnUse } from './use.ts';

/** A level whose parameters are being drawn. */
export interface Level {
  scope: Scope;
  columns: ScopeColumns;
  drawing: Drawing;
  temperature: Temperature;
}

/** Combinations that an item offers to those after it. */
export const OFFERED = 10;

/** The same expression is drawn once. */
export function byExpression<U extends DrawnUse>({ drawing }: Level, uses: readonly U[]): Map<string, U[]> {
  const groups = new Map<string, U[]>();
  for (const use of uses) {
    const sql = closedSql(use.of, drawing.values);
    groups.set(sql, [...(groups.get(sql) ?? []), use]);
  }
  return groups;
}

/** A SELECT on the rows that the values so far leave. */
export function selection(
  { scope, drawing: { values } }: Level,
  columns: string,
  present: readonly string[],
  rest = '',
): string {
  const conditions = [
    ...conditionsSql(scope, values),
    ...[...new Set(present)].map((sql) => `(${sql}) IS NOT NULL`),
  ];
  return `${withSql(scope, values)}SELECT ${columns} FROM ${fromSql(scope, values)}${whereSql(conditions)}${rest}`;
}

export function settle({ drawing }: Level, uses: readonly DrawnUse[], sql: string): void {
  for (const { number, value } of uses) drawing.values.set(number, value(sql));
}

/** SQL for these values as `v1`, `v2`, ... */
export const namedColumns = (sqls: readonly string[]): string =>
  sqls.map((sql, place) => `${sql} AS v${place + 1}`).join(', ');
