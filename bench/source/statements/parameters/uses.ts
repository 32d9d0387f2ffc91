import type { Node } from 'libpg-query';
import type { SourceCatalog } from '../catalog.ts';
import { ScopeColumns } from './columns.ts';
import { comparedIn } from './comparisons.ts';
import { drawnBeside } from './drawn-beside.ts';
import { literalTwin } from './literal-twin.ts';
import { assignedUses } from './assigned.ts';
import { constantAt, type Constant } from './constants.ts';
import { numbersIn, placesIn, type Place } from './places.ts';
import { conditionsOfJoins, type Scope } from './scopes.ts';
import { replaced, as, lastName, sqlOf, type Held } from './tree.ts';
import { Unresolved, type Use } from './use.ts';

/**
 * What each `$n` of one level of a statement is used for. Where it stands more than once, the place that says most of
 * its value decides.
 *
 * @throws Unresolved for a parameter whose values nothing tells
 */
export function usesOf(scope: Scope, catalog: SourceCatalog): Use[] {
  const columns = new ScopeColumns(scope.from, catalog);
  const found = [
    ...limitUses(scope, columns),
    ...comparedUses(scope, columns),
    ...assignedUses(scope.assignments),
  ];
  const decided = new Map<number, Use>();
  for (const use of found.toSorted((one, other) => RANKS.indexOf(one.kind) - RANKS.indexOf(other.kind)))
    if (!decided.has(use.number)) decided.set(use.number, use);
  const places = placesIn(scopeTrees(scope), 'this level');
  for (const place of places)
    if (needsLiteral(place) || !decided.has(place.number))
      decided.set(place.number, alike(place, places, decided) ?? otherUse(place, scope, columns));
  return [...decided.values()];
}

const RANKS: readonly Use['kind'][] = [
  ...(['equal', 'element', 'array', 'bound', 'group bound'] as const),
  ...(['row', 'json key', 'assigned', 'constant'] as const),
];

const scopeTrees = ({ from, where, having, outputs, assignments, groupBy }: Scope): unknown => [
  ...[from, where, having, outputs, assignments, groupBy],
];

/** In a filter an equality says which rows are meant; elsewhere its value is one that some row has. */
function comparedUses(scope: Scope, columns: ScopeColumns): Use[] {
  const filters = comparedIn([scope.where, conditionsOfJoins(scope.from)], columns);
  const groups = comparedIn(scope.having, columns).map((use): Use => {
    if (use.kind === 'equal') return { ...use, kind: 'group bound', side: 'neither' };
    return use.kind === 'bound' ? { ...use, kind: 'group bound' } : use;
  });
  const others = comparedIn([scope.outputs, scope.assignments, scope.groupBy], columns).map((use): Use =>
    use.kind === 'constant' ? use : { ...use, kind: 'row', what: 'a value of a row' },
  );
  return [...filters, ...groups, ...others];
}

function limitUses({ limit, offset, where }: Scope, columns: ScopeColumns): Use[] {
  const most = columns.identify(comparedColumns(where)) ? '1' : '20';
  const use = (node: Node | undefined, sql: string, what: string): Use[] =>
    [...numbersIn(node, 'this level')].map((number) => ({ kind: 'constant', number, sql, what }));
  return [...use(limit, most, 'the LIMIT'), ...use(offset, '0', 'the OFFSET')];
}

const comparedColumns = (where: readonly Node[]): Node[] =>
  where.flatMap((condition) => {
    const { kind, name, lexpr, rexpr } = as('A_Expr', condition) ?? {};
    return kind === 'AEXPR_OP' && lastName(name) === '='
      ? [lexpr, rexpr].filter((side) => side !== undefined)
      : [];
  });

/** `EXTRACT($1 FROM x)` is what pg_stat_statements prints; the server takes no parameter there. */
const needsLiteral = ({ above: [nearest] }: Place): boolean =>
  nearest?.kind === 'FuncCall' &&
  (nearest.node as Held<'FuncCall'>).funcformat === 'COERCE_SQL_SYNTAX' &&
  lastName((nearest.node as Held<'FuncCall'>).funcname) === 'extract';

/** `ORDER BY similarity(name, $3)` means the value of `WHERE similarity(name, $1) > $2`. */
function alike(place: Place, places: readonly Place[], decided: ReadonlyMap<number, Use>): Use | undefined {
  const text = textAround(place);
  if (text === undefined) return undefined;
  const twin = places.find(
    (other) =>
      other.number !== place.number && isSettled(decided.get(other.number)) && textAround(other) === text,
  );
  const use = twin && decided.get(twin.number);
  return use && { ...use, number: place.number };
}

const isSettled = (use: Use | undefined): boolean => use !== undefined && use.kind !== 'constant';

/** The function call around a `$n`, without its number. */
function textAround({ number, above: [nearest] }: Place): string | undefined {
  if (nearest?.kind !== 'FuncCall') return undefined;
  const unnumbered = replaced({ FuncCall: nearest.node }, ({ ParamRef }) =>
    ParamRef ? { ParamRef: { number: (ParamRef as Held<'ParamRef'>).number === number ? 1 : 2 } } : undefined,
  );
  return sqlOf(unnumbered);
}

function otherUse(place: Place, scope: Scope, columns: ScopeColumns): Use {
  const { number, above } = place;
  const drawn = drawnBeside(place);
  if (drawn) return drawn;
  const constant: Constant | undefined = literalTwin(place, scope) ?? constantAt(place, columns);
  if (constant) return { kind: 'constant', number, ...constant };
  const holder = above[0] && sqlOf({ [above[0].kind]: above[0].node } as unknown as Node);
  throw new Unresolved(`nothing tells the values of $${number}${holder ? ` in ${holder}` : ''}`, number);
}
