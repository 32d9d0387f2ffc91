import type { Node } from 'libpg-query';
import { isTree, as, conjunctsOf, type Held } from './tree.ts';
import { reachesOut } from './outside.ts';
import { numbersIn, selectsBelow } from './places.ts';

type Select = Held<'SelectStmt'>;

/** One level of a statement: a FROM clause with the conditions on its rows. */
export interface Scope {
  from: readonly Node[];
  /** What WHERE connects with AND. The conditions of joins stand in `from`. */
  where: readonly Node[];
  groupBy: readonly Node[];
  having: readonly Node[];
  /** What is made of the rows: the select list, ORDER BY, windows. */
  outputs: readonly Node[];
  /** What SET gives the columns. */
  assignments: readonly Node[];
  limit: Node | undefined;
  offset: Node | undefined;
  /** Statements of WITH that `from` may name. */
  ctes: readonly Node[];
}

/** The levels of a statement, each after those that stand inside it. */
export function scopesOf(statement: Node): Scope[] {
  const select = as('SelectStmt', statement);
  if (select) return scopesOfSelect(select, []);
  const update = as('UpdateStmt', statement);
  if (update) return scopesOfChange(update, update.fromClause ?? [], update.targetList ?? []);
  const deletion = as('DeleteStmt', statement);
  if (deletion) return scopesOfChange(deletion, deletion.usingClause ?? [], []);
  return [];
}

type Change = Pick<Held<'UpdateStmt'>, 'relation' | 'whereClause' | 'withClause'>;

function scopesOfChange(change: Change, others: readonly Node[], assignments: readonly Node[]): Scope[] {
  const ctes = change.withClause?.ctes ?? [];
  const from = [...(change.relation ? [{ RangeVar: change.relation }] : []), ...others];
  const scope = {
    ...{ from, where: conjunctsOf(change.whereClause), assignments, ctes },
    ...{ outputs: [], groupBy: [], having: [], limit: undefined, offset: undefined },
  };
  const inner = [others, change.whereClause, assignments].flatMap(selectsBelow);
  return [...scopesOfCtes(ctes, []), ...inner.flatMap((node) => scopesBelow(node, ctes)), scope];
}

function scopesOfSelect(select: Select, outer: readonly Node[]): Scope[] {
  const own = select.withClause?.ctes ?? [];
  const ctes = [...outer, ...own];
  const arms = [select.larg, select.rarg].flatMap((arm) => (arm ? scopesOfSelect(arm, ctes) : []));
  const inner = selectsBelow(clausesOf(select)).flatMap((node) => scopesBelow(node, ctes));
  const scope = scopeOf(select, ctes);
  return [...scopesOfCtes(own, outer), ...arms, ...inner, ...outerJoins(scope), scope];
}

/**
 * What a LEFT JOIN compares of the joined table is drawn from that table alone: the rows that are looked for may be those
 * that have no partner.
 */
const outerJoins = ({ from, ctes }: Scope): Scope[] =>
  joinsIn(from).flatMap(({ jointype, rarg, quals }) => {
    if (jointype !== 'JOIN_LEFT' || !rarg) return [];
    const where = conjunctsOf(quals).filter((one) => numbersIn(one).size > 0 && !reachesOut(one, [rarg]));
    return where.length > 0 ? [{ ...scopeOf({ fromClause: [rarg] }, ctes), where }] : [];
  });

/** Without the arms of a UNION and the statements of WITH. */
const clausesOf = (select: Select): unknown[] => [
  ...[select.targetList, select.fromClause, select.whereClause, select.groupClause, select.havingClause],
  ...[select.windowClause, select.distinctClause, select.sortClause, select.limitCount, select.limitOffset],
  select.valuesLists,
];

const scopesBelow = (node: Node, ctes: readonly Node[]): Scope[] =>
  scopesOfSelect(as('SelectStmt', node) ?? {}, ctes);

/** Each may name those before it and, where it is recursive, itself. */
const scopesOfCtes = (ctes: readonly Node[], outer: readonly Node[]): Scope[] =>
  ctes.flatMap((cte, place) =>
    selectsBelow(cte).flatMap((node) => scopesBelow(node, [...outer, ...ctes.slice(0, place + 1)])),
  );

function scopeOf(select: Select, ctes: readonly Node[]): Scope {
  const outputs = [select.targetList, select.sortClause, select.windowClause, select.distinctClause];
  return {
    from: select.fromClause ?? [],
    where: conjunctsOf(select.whereClause),
    groupBy: (select.groupClause ?? []).map((node) => spelledOut(node, select.targetList ?? [])),
    having: conjunctsOf(select.havingClause),
    outputs: [...outputs, select.valuesLists].flatMap((list) => list ?? []),
    assignments: [],
    limit: select.limitCount,
    offset: select.limitOffset,
    ctes,
  };
}

/** GROUP BY may name an output by its number or its name. */
function spelledOut(node: Node, targets: readonly Node[]): Node {
  const number = as('A_Const', node)?.ival?.ival;
  if (number !== undefined) return valueOf(targets[number - 1]) ?? node;
  const fields = as('ColumnRef', node)?.fields ?? [];
  const name = fields.length === 1 ? as('String', fields[0])?.sval : undefined;
  return (
    valueOf(targets.find((target) => as('ResTarget', target)?.name === name && name !== undefined)) ?? node
  );
}

const valueOf = (target: Node | undefined): Node | undefined => as('ResTarget', target)?.val;

/** The conditions of the joins of a FROM clause, those of its subqueries left out. */
export const conditionsOfJoins = (from: readonly Node[]): Node[] =>
  joinsIn(from).flatMap(({ quals }) => conjunctsOf(quals));

function joinsIn(tree: unknown): Held<'JoinExpr'>[] {
  if (!isTree(tree) || 'SelectStmt' in tree) return [];
  const own = as('JoinExpr', tree);
  return [...(own ? [own] : []), ...Object.values(tree).flatMap(joinsIn)];
}
