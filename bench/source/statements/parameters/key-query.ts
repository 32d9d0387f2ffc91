import type { SourceCatalog } from '../catalog.ts';
import { conditionsSql, fromSql, withSql } from './closed.ts';
import { ScopeColumns } from './columns.ts';
import { Drawing, whereSql, type Draw, type Temperature, type UsedScope } from './drawing.ts';
import { drawStages } from './key-stages.ts';
import { numbersIn } from './places.ts';
import { conditionsOfJoins, type Scope } from './scopes.ts';
import { as } from './tree.ts';
import type { Use } from './use.ts';

/**
 * Draws values level by level, the inner ones first. Each item offers a few values, and the next one is made for each of
 * them (LATERAL): the first combination with which every level finds a row is taken. So the keys find rows.
 */
export function drawOf(levels: readonly UsedScope[], catalog: SourceCatalog, temperature: Temperature): Draw {
  const drawing = new Drawing(levels);
  for (const { scope, uses } of levels) {
    drawStages({ scope, columns: new ScopeColumns(scope.from, catalog), drawing, temperature }, uses);
    if (scope.from.length > 0 && !findsRows(scope, uses)) drawing.add(oneRow(scope, drawing));
  }
  return drawing;
}

/** Whether nothing but values of the same row is asked for, so that a row is sure to be there. */
function findsRows({ from, where }: Scope, uses: readonly Use[]): boolean {
  const conditions = [...where, ...conditionsOfJoins(from)].filter(
    (condition) => numbersIn(condition).size > 0,
  );
  const equal = uses.filter(({ kind }) => kind === 'equal');
  const isPlain = conditions.every((condition) => as('A_Expr', condition)?.kind === 'AEXPR_OP');
  return isPlain && numbersIn([from, where]).size === equal.length && conditions.length === equal.length;
}

/** A row of a level under all of its conditions. */
const oneRow = (scope: Scope, { values }: Draw): string =>
  `${withSql(scope, values)}SELECT 1 FROM ${fromSql(scope, values)}${whereSql(conditionsSql(scope, values))} LIMIT 1`;

/** The query for the values of these parameters, in this order. */
export function keyQueryOf({ items, values }: Draw, numbers: readonly number[]): string {
  const columns = numbers.map((number, place) => `${values.get(number) ?? 'NULL'} AS "$${place + 1}"`);
  return [`SELECT ${columns.join(', ')}`, `FROM ${itemsSql(items)}`, 'LIMIT 1'].join('\n');
}

export const itemsSql = (items: readonly string[]): string => items.join('\nCROSS JOIN LATERAL ');
