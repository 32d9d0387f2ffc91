import { parseSync, type Node } from 'libpg-query';
import { most } from '../model/extent.ts';
import { WriteOperation } from '../model/work-item.ts';

/** A table, view or the like, as a statement names it. */
export interface Relation {
  /** Missing where the search path decides. */
  schema?: string | undefined;
  name: string;
}

/** What a statement says of itself, before any server is asked. */
export interface StatementFacts {
  /** The highest `$n`; 0 for none. */
  parameters: number;
  /** Values in each row of its answer; undefined where only a server can tell. */
  columns: number | undefined;
  /** Undefined where a function may do the writing. */
  operation: WriteOperation | undefined;
  /** Whether it begins or ends a transaction. */
  limitsTransaction: boolean;
  /** What it reads or writes, without the names that its WITH clauses give. */
  relations: readonly Relation[];
}

/**
 * Read off PostgreSQL's own parse tree (libpg_query). Its module has to be loaded.
 *
 * @returns undefined for what this parser refuses: the server is the judge of what it accepts
 */
export function factsOf(sql: string): StatementFacts | undefined {
  const statements = statementsIn(sql);
  const [statement] = statements ?? [];
  if (!statements || !statement) return undefined;
  const nodes = [...nodesIn(statements)];
  const named = new Set(nodes.flatMap(({ ctename }) => (typeof ctename === 'string' ? [ctename] : [])));
  return {
    parameters: most([0, ...nodes.map(parameterOf)]),
    columns: statements.length === 1 ? columnsOf(statement) : undefined,
    operation: WriteOperation.options.find((operation) => KINDS[operation] in statement),
    limitsTransaction: 'TransactionStmt' in statement,
    relations: nodes
      .flatMap(relationOf)
      .filter(({ schema, name }) => schema !== undefined || !named.has(name)),
  };
}

/** The statements of an SQL text, or undefined where the parser refuses it. */
export function statementsIn(sql: string): Node[] | undefined {
  try {
    return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => stmt ?? []);
  } catch {
    return undefined;
  }
}

const KINDS = { INSERT: 'InsertStmt', UPDATE: 'UpdateStmt', DELETE: 'DeleteStmt', COPY: 'CopyStmt' };

/** A node of the tree, of whatever kind. */
type AnyNode = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is AnyNode => typeof value === 'object' && value !== null;

/** Every node below, the tree's root among them. */
export function* nodesIn(tree: unknown): Generator<AnyNode> {
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isNode(node)) continue;
    yield node;
    for (const part of Object.values(node)) if (isNode(part)) open.push(part);
  }
}

const parameterOf = ({ ParamRef }: AnyNode): number =>
  isNode(ParamRef) && typeof ParamRef.number === 'number' ? ParamRef.number : 0;

/** Only a RangeVar has a `relname`. */
export const relationOf = ({ relname, schemaname }: AnyNode): Relation[] =>
  typeof relname === 'string'
    ? [{ name: relname, schema: typeof schemaname === 'string' ? schemaname : undefined }]
    : [];

function columnsOf(statement: Node): number | undefined {
  if (!('SelectStmt' in statement)) return undefined;
  const { targetList = [], valuesLists = [], larg } = statement.SelectStmt;
  if (larg) return columnsOf({ SelectStmt: larg });
  const [values] = valuesLists;
  if (values) return 'List' in values ? values.List.items?.length : undefined;
  return [...nodesIn(targetList)].some((node) => 'A_Star' in node) ? undefined : targetList.length;
}
