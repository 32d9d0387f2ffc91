import type { Node } from 'libpg-query';
import { as, columnName, conjunctsOf, lastName } from '../parameters/tree.ts';

/** What SET gives to each column. */
type Assigned = ReadonlyMap<string, Node>;

/**
 * Whether a write does the same to no row a second time. An INSERT has new keys, a DELETE takes its rows away, an UPDATE
 * such as `SET status = 'done'` has nothing left to change, and one such as `SET deleted_at = now() WHERE deleted_at IS NULL`
 * changes what it looks for.
 */
export function isOnceOnly(statement: Node): boolean {
  const update = as('UpdateStmt', statement);
  if (!update) return true;
  const assigned = assignedIn(update.targetList ?? []);
  const conditions = conjunctsOf(update.whereClause);
  return [...assigned.values()].some(isConstant) || conditions.some((one) => isLeft(one, assigned));
}

/** The columns that an UPDATE finds empty. */
export const foundEmpty = (conditions: readonly Node[]): Set<string> =>
  new Set(
    conditions.flatMap((condition) => {
      const test = as('NullTest', condition);
      return test?.nulltesttype === 'IS_NULL' ? [columnName(test.arg)] : [];
    }),
  );

/** What SET gives to each column, by its name. */
export const assignedIn = (targets: readonly Node[]): Assigned =>
  new Map(
    targets.flatMap((target) => {
      const { name = '', val } = as('ResTarget', target) ?? {};
      return val ? [[name, val] as const] : [];
    }),
  );

/** Whether a condition does not hold any more for what was set. */
function isLeft(condition: Node, assigned: Assigned): boolean {
  const test = as('NullTest', condition);
  if (test) {
    const value = assigned.get(columnName(test.arg));
    return value !== undefined && isNull(value) !== (test.nulltesttype === 'IS_NULL');
  }
  const { kind, name, lexpr, rexpr } = as('A_Expr', condition) ?? {};
  const value = assigned.get(columnName(lexpr));
  if (value === undefined || kind !== 'AEXPR_OP') return false;
  return rexpr && isParameter(rexpr) && isParameter(value)
    ? SET_ANEW.has(lastName(name))
    : isStep(value, lexpr);
}

/** A column that is compared so gets a value that its row does not have, and that the condition does not hold for. */
const SET_ANEW = new Set(['=', '<>']);

/** `version + 1`, for the column itself. */
const isStep = (value: Node, column: Node | undefined): boolean =>
  columnName(as('A_Expr', value)?.lexpr) === columnName(column);

const isParameter = (node: Node): boolean => as('ParamRef', node) !== undefined;

/** With or without a cast. */
export const isConstant = (node: Node | undefined): boolean =>
  as('A_Const', node) !== undefined ||
  (as('TypeCast', node) !== undefined && isConstant(as('TypeCast', node)?.arg));

const isNull = (node: Node): boolean => as('A_Const', node)?.isnull === true;
