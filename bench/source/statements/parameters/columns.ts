import type { Node } from 'libpg-query';
import type { CatalogRelation, Column, SourceCatalog } from '../catalog.ts';
import { as, isTree, lastName, sqlOf } from './tree.ts';

/** A table of a FROM clause, and what the statement calls its rows. */
interface Source {
  alias: string;
  relation: CatalogRelation;
}

/** The columns that a level of a statement can name. */
export class ScopeColumns {
  readonly #sources: readonly Source[];

  constructor(from: readonly Node[], catalog: SourceCatalog) {
    this.#sources = sourcesIn(from, catalog);
  }

  /** What an expression reads where it is nothing but a column, with or without a cast. */
  find(node: Node): { relation: CatalogRelation; column: Column } | undefined {
    const inner = as('TypeCast', node)?.arg;
    if (inner) return this.find(inner);
    const fields = as('ColumnRef', node)?.fields ?? [];
    const [name, alias] = [lastName(fields), as('String', fields.at(-2))?.sval];
    for (const { relation, alias: known } of this.#sources) {
      const column = relation.columns.find((one) => one.name === name);
      if (column && (alias === undefined || alias === known)) return { relation, column };
    }
    return undefined;
  }

  /** For people: the column with its table, or the expression. */
  describe(node: Node): string {
    const found = this.find(node);
    return found ? `${found.relation.name}.${found.column.name}` : sqlOf(node);
  }

  /** Whether at most one row of a table has these values. */
  identify(nodes: readonly Node[]): boolean {
    return this.#sources.some(({ relation, alias }) => {
      const own = (all: readonly Node[]): Set<string | undefined> =>
        new Set(all.filter((node) => this.#isOf(node, alias)).map((node) => this.find(node)?.column.name));
      const [columns, arguments_] = [own(nodes), own(nodes.flatMap((node) => argumentOf(node) ?? []))];
      return (
        relation.uniqueKeys.some((key) => key.every((name) => columns.has(name))) ||
        relation.otherUniqueKeys.some((key) => key.length === 1 && arguments_.has(key[0]))
      );
    });
  }

  #isOf(node: Node, alias: string): boolean {
    const fields = as('ColumnRef', node)?.fields;
    const qualifier = as('String', fields?.at(-2))?.sval;
    return (
      fields !== undefined && (qualifier === undefined ? this.#sources.length === 1 : qualifier === alias)
    );
  }
}

/** The column of `lower(email)`: a unique index on an expression of the same column is likely to be one on it. */
function argumentOf(node: Node): Node | undefined {
  const [argument, second] = as('FuncCall', node)?.args ?? [];
  return second ? undefined : argument;
}

/** Tables of FROM and of its joins, not those of subqueries. */
function sourcesIn(tree: unknown, catalog: SourceCatalog): Source[] {
  if (!isTree(tree) || 'SelectStmt' in tree) return [];
  const range = as('RangeVar', tree);
  if (!range) return Object.values(tree).flatMap((part) => sourcesIn(part, catalog));
  const relation = catalog.find({ schema: range.schemaname, name: range.relname ?? '' });
  return relation ? [{ relation, alias: range.alias?.aliasname ?? range.relname ?? '' }] : [];
}
