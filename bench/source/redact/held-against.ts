import type { Node } from 'libpg-query';
import { nodesIn } from '../../suite/statement-facts.ts';
import type { SourceCatalog } from '../statements/catalog.ts';
import { ScopeColumns } from '../statements/parameters/columns.ts';
import { as, isTree, lastName, type Held, type Kind } from '../statements/parameters/tree.ts';
import type { TextColumns } from './column-texts.ts';
import type { ColumnTexts } from './fake-values.ts';

/** What a value is held against: the texts of a column, a column without texts, or nothing that is known. */
export type Against = ColumnTexts | 'no text' | 'unknown';

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
  ...(['TypeCast', 'List', 'A_ArrayExpr', 'RowExpr', 'CoalesceExpr'] satisfies Kind[]),
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
  const [held] = Object.values(node as Record<string, unknown>);
  const assigned = inAssignments(node, ofColumn);
  return [...placesIn(held, PASSING.includes(kind) ? against : 'unknown', ofColumn), ...assigned];
}

const literalPlace = ({ sval, location = 0 }: Held<'A_Const'>, against: Against): ValuePlace[] =>
  sval ? [{ kind: 'literal', value: sval.sval ?? '', location, against }] : [];

/** The right side names a key of a document. */
const NAMES_A_KEY = new Set(['->', '->>', '#>', '#>>', '#-', '?', '?|', '?&', '@?']);

function inComparison(
  { name, lexpr, rexpr, kind }: Held<'A_Expr'>,
  against: Against,
  ofColumn: OfColumn,
): ValuePlace[] {
  const operator = lastName(name);
  const both = (left: Against, right: Against): ValuePlace[] => [
    ...placesIn(lexpr, left, ofColumn),
    ...placesIn(rexpr, right, ofColumn),
  ];
  const isRegularExpression = kind === 'AEXPR_SIMILAR' || /^!?~\*?$/.test(operator);
  if (isRegularExpression || NAMES_A_KEY.has(operator)) return both('unknown', 'unknown');
  if (operator === '||') return both(against, against);
  return both(textsIn(rexpr, ofColumn), textsIn(lexpr, ofColumn));
}

/** Functions whose result has the words of their argument. */
const KEEPS_WORDS =
  /^(lower|upper|initcap|btrim|ltrim|rtrim|unaccent|(plain|phrase|websearch_)?to_tsquery|to_tsvector|concat)$/;

/** Functions that hold one argument against another one. */
const COMPARES =
  /^((strict_)?(word_)?similarity|levenshtein|starts_with|strpos|position|nullif|array_position)$/;

/** A configuration of text search stands before the text. */
const isConfiguration = (name: string, at: number, args: readonly Node[]): boolean =>
  /ts(query|vector)$/.test(name) && at === 0 && args.length > 1;

function inCall(
  { funcname, args = [] }: Held<'FuncCall'>,
  against: Against,
  ofColumn: OfColumn,
): ValuePlace[] {
  const name = lastName(funcname);
  const others = COMPARES.test(name) ? textsIn(args, ofColumn) : 'unknown';
  return args.flatMap((arg, at) =>
    placesIn(arg, KEEPS_WORDS.test(name) && !isConfiguration(name, at, args) ? against : others, ofColumn),
  );
}

/** The texts of the first column that has any. */
function textsIn(tree: unknown, ofColumn: OfColumn): Against {
  const found = [...nodesIn(tree)].flatMap((node) =>
    'ColumnRef' in node ? (ofColumn(node as never) ?? []) : [],
  );
  return found.find((one) => typeof one === 'object') ?? found[0] ?? 'unknown';
}

/** What SET gives to columns, and the rows of VALUES. */
function inAssignments(node: unknown, ofColumn: OfColumn): ValuePlace[] {
  const insert = as('InsertStmt', node);
  const sets = as('UpdateStmt', node)?.targetList ?? insert?.onConflictClause?.targetList ?? [];
  const rows = as('SelectStmt', insert?.selectStmt)?.valuesLists ?? [];
  const given = rows.flatMap((row) =>
    (as('List', row)?.items ?? []).flatMap((value, at) =>
      placesIn(value, columnNamed(as('ResTarget', insert?.cols?.[at])?.name, ofColumn), ofColumn),
    ),
  );
  const assigned = sets.flatMap((target) => {
    const { name, val } = as('ResTarget', target) ?? {};
    return placesIn(val, columnNamed(name, ofColumn), ofColumn);
  });
  return [...given, ...assigned];
}

const columnNamed = (name: string | undefined, ofColumn: OfColumn): Against =>
  (name === undefined ? undefined : ofColumn({ ColumnRef: { fields: [{ String: { sval: name } }] } })) ??
  'unknown';
