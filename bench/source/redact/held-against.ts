import type { Node } from 'libpg-query';
import { nodesIn } from '../../suite/statement-facts.ts';
import type { SourceCatalog } from '../statements/catalog.ts';
import { ScopeColumns } from '../statements/parameters/columns.ts';
import { as, isTree, lastName, type Held, type Kind } from '../statements/parameters/tree.ts';
import { known, TEXT, type Against } from './against.ts';
import { argumentRole, type ArgumentRole, OF_TEXT_SEARCH } from './argument-roles.ts';
import { castTexts, type TextColumns } from './column-texts.ts';
import { operandsAgainst } from './operands.ts';

/** A literal or a `$n` of a statement. */
export type ValuePlace =
  | { kind: 'literal'; value: string; location: number; against: Against }
  | { kind: 'parameter'; number: number; against: Against };

type OfColumn = (column: Node) => Against | undefined;

/** Where the values of a statement stand, and which texts they are held against. Of two accounts of one place the later one holds. */
export function valuePlaces(statement: Node, catalog: SourceCatalog, texts: TextColumns): ValuePlace[] {
  const ranges = [...nodesIn(statement)].filter(({ relname }) => typeof relname === 'string');
  const columns = new ScopeColumns(
    ranges.map((range): Node => ({ RangeVar: range })),
    catalog,
  );
  return placesIn(statement, 'unknown', (column) => {
    const found = columns.find(column);
    return found && (texts.get(found.relation.name)?.get(found.column.name) ?? 'no text');
  });
}

/** Nodes of which each part is held against what the whole is. */
const PASSING: readonly string[] = [
  ...(['List', 'A_ArrayExpr', 'RowExpr', 'CoalesceExpr', 'MinMaxExpr'] satisfies Kind[]),
];

function placesIn(tree: unknown, against: Against, ofColumn: OfColumn): ValuePlace[] {
  if (!isTree(tree)) return [];
  if (Array.isArray(tree)) return tree.flatMap((part) => placesIn(part, against, ofColumn));
  return Object.entries(tree).flatMap(([key, part]) =>
    /^[A-Z]/.test(key)
      ? placesInNode(key, { [key]: part }, against, ofColumn)
      : placesIn(part, against, ofColumn),
  );
}

function placesInNode(kind: string, node: unknown, against: Against, ofColumn: OfColumn): ValuePlace[] {
  const literal = as('A_Const', node);
  if (literal) return literalPlace(literal, against);
  const number = as('ParamRef', node)?.number;
  if (number !== undefined) return [{ kind: 'parameter', number, against }];
  const comparison = as('A_Expr', node);
  if (comparison) return inComparison(comparison, against, ofColumn);
  const call = as('FuncCall', node);
  if (call) return inCall(call, against, ofColumn);
  const choice = as('CaseExpr', node);
  if (choice) return inCase(choice, against, ofColumn);
  const cast = as('TypeCast', node);
  if (cast) return placesIn(cast.arg, castAgainst(lastName(cast.typeName?.names), cast, against), ofColumn);
  const [held] = Object.values(node as Record<string, unknown>);
  const shown = kind === 'ResTarget' ? TEXT : 'unknown';
  const given = placesIn(as('SelectStmt', node)?.valuesLists, TEXT, ofColumn);
  const assigned = inAssignments(node, ofColumn);
  return [...placesIn(held, PASSING.includes(kind) ? against : shown, ofColumn), ...given, ...assigned];
}

const literalPlace = ({ sval, location = 0 }: Held<'A_Const'>, against: Against): ValuePlace[] =>
  sval ? [{ kind: 'literal', value: sval.sval ?? '', location, against }] : [];

/** What is held against a value of this type. Nothing tells what a regular expression or a function does with it. */
function castAgainst(type: string, { typeName }: Held<'TypeCast'>, against: Against): Against {
  const texts = castTexts(type, typeName?.arrayBounds !== undefined);
  return texts === 'no text' || against !== 'unknown' ? (texts ?? against) : against;
}

function inComparison(
  { name, lexpr, rexpr, kind }: Held<'A_Expr'>,
  against: Against,
  ofColumn: OfColumn,
): ValuePlace[] {
  const operation = {
    operator: lastName(name),
    isRegularExpression: kind === 'AEXPR_SIMILAR' || /^!?~\*?$/.test(lastName(name)),
    ...{ left: textsIn(lexpr, ofColumn), right: textsIn(rexpr, ofColumn), result: against },
  };
  const [ofLeft, ofRight] = operandsAgainst(operation);
  return [...placesIn(lexpr, ofLeft, ofColumn), ...placesIn(rexpr, ofRight, ofColumn)];
}

function inCall(
  { funcname, args = [] }: Held<'FuncCall'>,
  against: Against,
  ofColumn: OfColumn,
): ValuePlace[] {
  const name = lastName(funcname);
  const ofResult = against === 'unknown' && OF_TEXT_SEARCH.test(name) ? TEXT : against;
  const byRole: Record<ArgumentRole, Against> = {
    'of the result': ofResult,
    compared: textsIn(args, ofColumn),
    structure: 'no text',
    unknown: 'unknown',
  };
  return args.flatMap((arg, at) => placesIn(arg, byRole[argumentRole(name, at, args.length)], ofColumn));
}

function inCase(
  { arg, args = [], defresult }: Held<'CaseExpr'>,
  against: Against,
  ofColumn: OfColumn,
): ValuePlace[] {
  const compared = textsIn(arg, ofColumn);
  const branches = args.flatMap((branch) => {
    const { expr, result } = as('CaseWhen', branch) ?? {};
    return [...placesIn(expr, compared, ofColumn), ...placesIn(result, against, ofColumn)];
  });
  return [...placesIn(arg, 'unknown', ofColumn), ...branches, ...placesIn(defresult, against, ofColumn)];
}

/** The texts of the first column that has any. A value of an hstore is a text. */
function textsIn(tree: unknown, ofColumn: OfColumn): Against {
  const nodes = [...nodesIn(tree)];
  const found = nodes.flatMap((node) => ('ColumnRef' in node ? (ofColumn(node as never) ?? 'unknown') : []));
  const texts = found.flatMap((one) => known(one) ?? [])[0];
  if (!texts) return found.length > 0 && !found.includes('unknown') ? 'no text' : 'unknown';
  const isValue = nodes.some((node) => lastName(as('A_Expr', node)?.name) === '->');
  return isValue && texts.kind === 'hstore' ? TEXT : texts;
}

/** What SET gives to columns, and the rows of VALUES. */
function inAssignments(node: unknown, ofColumn: OfColumn): ValuePlace[] {
  const insert = as('InsertStmt', node);
  const sets = as('UpdateStmt', node)?.targetList ?? insert?.onConflictClause?.targetList ?? [];
  const { valuesLists = [], targetList = [] } = as('SelectStmt', insert?.selectStmt) ?? {};
  const rows = [...valuesLists.map((row) => as('List', row)?.items ?? []), targetList.map(valueOf)];
  const given = rows.flatMap((row) =>
    row.flatMap((value, at) =>
      placesIn(value, columnNamed(as('ResTarget', insert?.cols?.[at])?.name, ofColumn), ofColumn),
    ),
  );
  const assigned = sets.flatMap((target) => {
    const { name, val } = as('ResTarget', target) ?? {};
    return placesIn(val, columnNamed(name, ofColumn), ofColumn);
  });
  return [...given, ...assigned];
}

const valueOf = (target: Node): Node | undefined => as('ResTarget', target)?.val;

const columnNamed = (name: string | undefined, ofColumn: OfColumn): Against =>
  (name === undefined ? undefined : ofColumn({ ColumnRef: { fields: [{ String: { sval: name } }] } })) ??
  'unknown';
