import type { Node } from 'libpg-query';
import { as, isTree, lastName } from './parameters/tree.ts';
import type { DrawnUse } from './parameters/use.ts';

/** Columns that a name has. */
const MOST_COLUMNS = 3;

/** Names for items: an id is given once, a title to one statement. */
export class Names {
  readonly #given = new Set<string>();
  readonly #titled = new Map<string, string[]>();

  /** @returns the words as an id in kebab-case, with a number where it is taken */
  idOf(words: readonly string[]): string {
    const kebab = words.map((word) => word.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
    const plain = kebab.join('-').replace(/-+/g, '-').replace(/^-|-$/g, '') || 'statement';
    let id = plain;
    for (let count = 2; this.#given.has(id); count++) id = `${plain}-${count}`;
    this.#given.add(id);
    return id;
  }

  /** @returns the title, with a number where another statement has it */
  titleOf(title: string, sql: string): string {
    const titled = this.#titled.get(title) ?? [];
    if (!titled.includes(sql)) titled.push(sql);
    this.#titled.set(title, titled);
    const place = titled.indexOf(sql);
    return place === 0 ? title : `${title} (${place + 1})`;
  }
}

/** `['orders', 'by', 'tenant_id', 'status']`: the table that a read is about, and what its rows are found by. */
export function wordsOf(statement: Node, uses: readonly DrawnUse[]): string[] {
  const columns = [...new Set(uses.flatMap(({ of }) => columnsIn(of)))].slice(0, MOST_COLUMNS);
  const table = tableOf(statement);
  return columns.length > 0 ? [table, 'by', ...columns] : [table];
}

/** `['orders', 'status']`: the table that a write is about, and what it sets. */
export const wordsOfWrite = (table: string, assignments: readonly Node[]): string[] => [
  table,
  ...assignments.flatMap((assignment) => as('ResTarget', assignment)?.name ?? []).slice(0, MOST_COLUMNS),
];

/** The table of the outermost level; a WITH clause names none. */
function tableOf(statement: Node): string {
  const { withClause, ...rest } = as('SelectStmt', statement) ?? {};
  const given = new Set((withClause?.ctes ?? []).map((cte) => as('CommonTableExpr', cte)?.ctename));
  const inFrom = tablesIn([rest.fromClause, rest.larg, rest.rarg, withClause]);
  return inFrom.find((name) => !given.has(name)) ?? 'statement';
}

/** `orders by tenant_id, status` */
export const titleOf = ([first = '', by, ...columns]: readonly string[]): string =>
  by === undefined ? first : `${first} ${by} ${columns.join(', ')}`;

function columnsIn(tree: unknown): string[] {
  if (!isTree(tree) || 'SelectStmt' in tree) return [];
  const fields = as('ColumnRef', tree)?.fields;
  const name = fields && lastName(fields);
  return name === undefined ? Object.values(tree).flatMap(columnsIn) : name ? [name] : [];
}

function tablesIn(tree: unknown): string[] {
  if (!isTree(tree)) return [];
  const range = as('RangeVar', tree);
  return range ? [range.relname ?? ''] : Object.values(tree).flatMap(tablesIn);
}
