import { parseSync, type Node } from 'libpg-query';
import { deparseSync } from 'pgsql-deparser';
import { Unresolved } from './use.ts';

/** The names of the nodes of PostgreSQL's parse tree. */
export type Kind = Node extends infer One ? (One extends unknown ? keyof One : never) : never;

/** What a node `{ Kind: ... }` holds. */
export type Held<K extends Kind> = Extract<Node, Record<K, unknown>>[K];

/** Part of a parse tree: a node, what it holds, or a list. */
export type Tree = Readonly<Record<string, unknown>>;

export const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** What a node of this kind holds; undefined for a node of another kind. */
export const as = <K extends Kind>(kind: K, node: unknown): Held<K> | undefined =>
  isTree(node) && kind in node ? (node as Record<K, Held<K>>)[kind] : undefined;

/** The only statement of an SQL text; undefined for any other text. */
export function onlyStatement(sql: string): Node | undefined {
  try {
    const [first, second] = parseSync(sql).stmts ?? [];
    return second ? undefined : first?.stmt;
  } catch {
    return undefined;
  }
}

/** The tree of an SQL expression that this program has written. */
export function expressionTree(sql: string): Node {
  const [target] = as('SelectStmt', onlyStatement(`SELECT ${sql}`))?.targetList ?? [];
  const value = as('ResTarget', target)?.val;
  if (!value) throw new Error(`not an expression: ${sql}`);
  return value;
}

/**
 * A node as SQL, on one line.
 *
 * @throws Unresolved for a node that the deparser does not know
 */
export function sqlOf(node: Node): string {
  try {
    return deparseSync(node, { pretty: false }).trim();
  } catch (error) {
    throw new Unresolved(`a part of it cannot be written as SQL: ${(error as Error).message}`);
  }
}

/** A copy of a tree. Where `replace` returns a tree, that one takes the place. */
export function replaced<T>(tree: T, replace: (node: Tree) => Tree | undefined): T {
  if (!isTree(tree)) return tree;
  const other = replace(tree);
  if (other) return other as T;
  if (Array.isArray(tree)) return tree.map((entry: unknown) => replaced(entry, replace)) as T;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, replaced(value, replace)])) as T;
}

/** The parts that an AND connects. */
export function conjunctsOf(condition: Node | undefined): Node[] {
  if (!condition) return [];
  const both = as('BoolExpr', condition);
  return both?.boolop === 'AND_EXPR' ? (both.args ?? []).flatMap(conjunctsOf) : [condition];
}

/** All of these conditions at once; undefined for none. */
export function conjunctionOf([first, ...others]: readonly Node[]): Node | undefined {
  if (!first || others.length === 0) return first;
  return { BoolExpr: { boolop: 'AND_EXPR', args: [first, ...others] } };
}

/** What a reference to a column names, without its table; '' for any other node. */
export const columnName = (node: Node | undefined): string => lastName(as('ColumnRef', node)?.fields);

/** A name of several parts, in lower case as PostgreSQL holds it: `pg_catalog.extract` is `extract`. */
export const lastName = (names: readonly Node[] | undefined): string =>
  as('String', names?.at(-1))?.sval ?? '';
