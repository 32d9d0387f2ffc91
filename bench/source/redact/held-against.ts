import type { Node } from 'libpg-query';
import { nodesIn } from '../../suite/statement-facts.ts';
import type { SourceCatalog } from '../statements/catalog.ts';
import { ScopeColumns } from '../statements/parameters/columns.ts';
import { as, isTree, lastName, type Held, type Kind } from '../statements/parameters/tree.ts';
import { TEXT, type Against } from './against.ts';
import { argumentRole, type ArgumentRole, OF_TEXT_SEARCH } from './argument-roles.ts';
import { castTexts } from './column-texts.ts';
import type { LiteralFakes } from './redaction.ts';
import { operandsAgainst } from './operands.ts';
import { textsIn, type KnownTexts } from './texts-in.ts';

/** A literal or a `$n` of a statement. */
export type ValuePlace =
  | { kind: 'literal'; value: string; location: number; against: Against }
  | { kind: 'parameter'; number: number; against: Against };

/** Where the values of a statement stand, and which texts they are held against. Of two accounts of one place the later one holds. */
export function valuePlaces(
  statement: Node,
  catalog: SourceCatalog,
  { columns: texts, ownFunctions }: Pick<LiteralFakes, 'columns' | 'ownFunctions'>,
): ValuePlace[] {
  const ranges = [...nodesIn(statement)].filter(({ relname }) => typeof relname === 'string');
  const columns = new ScopeColumns(
    ranges.map((range): Node => ({ RangeVar: range })),
    catalog,
  );
  return placesIn(statement, 'unknown', {
    ofColumn: (column) => {
      const found = columns.find(column);
      return found && (texts.get(found.relation.name)?.get(found.column.name) ?? 'no text');
    },
    isOwn: (name) => ownFunctions.has(name),
  });
}

/** Nodes of which each part is held against what the whole is. */
const PASSING: readonly string[] = [
  ...(['List', 'A_ArrayExpr', 'RowExpr', 'CoalesceExpr', 'MinMaxExpr'] satisfies Kind[]),
];

function placesIn(tree: unknown, against: Against, source: KnownTexts): ValuePlace[] {
  if (!isTree(tree)) return [];
  if (Array.isArray(tree)) return tree.flatMap((part) => placesIn(part, against, source));
  return Object.entries(tree).flatMap(([key, part]) =>
    /^[A-Z]/.test(key)
      ? placesInNode(key, { [key]: part }, against, source)
      : placesIn(part, against, source),
  );
}

function placesInNode(kind: string, node: unknown, against: Against, source: KnownTexts): ValuePlace[] {
  const literal = as('A_Const', node);
  if (literal) return literalPlace(literal, against);
  const number = as('ParamRef', node)?.number;
  if (number !== undefined) return [{ kind: 'parameter', number, against }];
  const comparison = as('A_Expr', node);
  if (comparison) return inComparison(comparison, against, source);
  const call = as('FuncCall', node);
  if (call) return inCall(call, against, source);
  const choice = as('CaseExpr', node);
  if (choice) return inCase(choice, against, source);
  const cast = as('TypeCast', node);
  if (cast) return placesIn(cast.arg, castAgainst(lastName(cast.typeName?.names), cast, against), source);
  const [held] = Object.values(node as Record<string, unknown>);
  const shown = kind === 'ResTarget' ? TEXT : 'unknown';
  const given = placesIn(as('SelectStmt', node)?.valuesLists, TEXT, source);
  const assigned = inAssignments(node, source);
  return [...placesIn(held, PASSING.includes(kind) ? against : shown, source), ...given, ...assigned];
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
  source: KnownTexts,
): ValuePlace[] {
  const operation = {
    operator: lastName(name),
    isRegularExpression: kind === 'AEXPR_SIMILAR' || /^!?~\*?$/.test(lastName(name)),
    ...{ left: textsIn(lexpr, source), right: textsIn(rexpr, source), result: against },
  };
  const [ofLeft, ofRight] = operandsAgainst(operation);
  return [...placesIn(lexpr, ofLeft, source), ...placesIn(rexpr, ofRight, source)];
}

function inCall(
  { funcname, args = [] }: Held<'FuncCall'>,
  against: Against,
  source: KnownTexts,
): ValuePlace[] {
  const name = lastName(funcname);
  const ofResult = against === 'unknown' && OF_TEXT_SEARCH.test(name) ? TEXT : against;
  const byRole: Record<ArgumentRole, Against> = {
    'of the result': ofResult,
    compared: textsIn(args, source),
    structure: 'no text',
    unknown: 'unknown',
  };
  return args.flatMap((arg, at) => placesIn(arg, byRole[argumentRole(name, at, args.length)], source));
}

function inCase(
  { arg, args = [], defresult }: Held<'CaseExpr'>,
  against: Against,
  source: KnownTexts,
): ValuePlace[] {
  const compared = textsIn(arg, source);
  const branches = args.flatMap((branch) => {
    const { expr, result } = as('CaseWhen', branch) ?? {};
    return [...placesIn(expr, compared, source), ...placesIn(result, against, source)];
  });
  return [...placesIn(arg, 'unknown', source), ...branches, ...placesIn(defresult, against, source)];
}

/** What SET gives to columns, and the rows of VALUES. */
function inAssignments(node: unknown, source: KnownTexts): ValuePlace[] {
  const insert = as('InsertStmt', node);
  const sets = as('UpdateStmt', node)?.targetList ?? insert?.onConflictClause?.targetList ?? [];
  const { valuesLists = [], targetList = [] } = as('SelectStmt', insert?.selectStmt) ?? {};
  const rows = [...valuesLists.map((row) => as('List', row)?.items ?? []), targetList.map(valueOf)];
  const given = rows.flatMap((row) =>
    row.flatMap((value, at) =>
      placesIn(value, columnNamed(as('ResTarget', insert?.cols?.[at])?.name, source), source),
    ),
  );
  const assigned = sets.flatMap((target) => {
    const { name, val } = as('ResTarget', target) ?? {};
    return placesIn(val, columnNamed(name, source), source);
  });
  return [...given, ...assigned];
}

const valueOf = (target: Node): Node | undefined => as('ResTarget', target)?.val;

const columnNamed = (name: string | undefined, source: KnownTexts): Against =>
  (name === undefined
    ? undefined
    : source.ofColumn({ ColumnRef: { fields: [{ String: { sval: name } }] } })) ?? 'unknown';
