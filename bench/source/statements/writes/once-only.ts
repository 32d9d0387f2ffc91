import type { Node } from 'libpg-query';
import { as, conjunctsOf, lastName, sqlOf } from '../parameters/tree.ts';

/** What SET gives to each column. */
type Assigned = ReadonlyMap<string, Node>;

/**
 * Whether a write finds no row a second time. An INSERT has new keys, a DELETE takes its rows away, and an UPDATE such as
 * `SET status = 'done' WHERE status = 'open'` or `SET deleted_at = now() WHERE deleted_at IS NULL` changes what it looks for.
 */
export function isOnceOnly(statement: Node): boolean {
  const update = as('UpdateStmt', statement);
  if (!update) return true;
  const assigned = assignedIn(update.targetList ?? []);
  return conjunctsOf(update.whereClause).some((condition) => isLeft(condition, assigned));
}

/** The columns that an UPDATE finds empty. */
export const foundEmpty = (conditions: readonly Node[]): Set<string> =>
  new Set(
    conditions.flatMap((condition) => {
      const test = as('NullTest', condition);
      return test?.nulltesttype === 'IS_NULL' ? [columnOf(test.arg)] : [];
    }),
  );

const assignedIn = (targets: readonly Node[]): Assigned =>
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
    const value = assigned.get(columnOf(test.arg));
    return value !== undefined && isNull(value) !== (test.nulltesttype === 'IS_NULL');
  }
  const { kind, name, lexpr, rexpr } = as('A_Expr', condition) ?? {};
  const value = assigned.get(columnOf(lexpr));
  const others = as('List', rexpr)?.items ?? (rexpr ? [rexpr] : []);
  if (value === undefined || !/^AEXPR_(OP|IN)$/.test(kind ?? '')) return false;
  const operator = lastName(name);
  if (others.every(isParameter)) return isParameter(value) ? SET_ANEW.has(operator) : isStep(value, lexpr);
  if (![value, ...others].every(isConstant)) return false;
  const isAmong = others.some((other) => sqlOf(other) === sqlOf(value));
  return operator === '=' ? !isAmong : operator === '<>' && isAmong;
}

/** A column that is compared so gets a value that its row does not have, and that the condition does not hold for. */
const SET_ANEW = new Set(['=', '<>']);

/** `version + 1`, for the column itself. */
const isStep = (value: Node, column: Node | undefined): boolean =>
  columnOf(as('A_Expr', value)?.lexpr) === columnOf(column);

const isParameter = (node: Node): boolean => as('ParamRef', node) !== undefined;

const columnOf = (node: Node | undefined): string => lastName(as('ColumnRef', node)?.fields);

const isConstant = (node: Node): boolean => as('A_Const', node) !== undefined;

const isNull = (node: Node): boolean => as('A_Const', node)?.isnull === true;
