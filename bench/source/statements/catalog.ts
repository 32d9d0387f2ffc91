import { parseRelation, relationText } from '../../model/relation.ts';
import type { Relation as NamedRelation } from '../../suite/statement-facts.ts';

/** How the rows of a table are spread over the values of a column, by PostgreSQL's statistics. */
export interface Spread {
  /** Rows of the most frequent value, 0 to 1; 0 where no value is frequent. */
  mostCommonShare: number;
  distinctValues: number;
  /** Between the order of the values and that of the rows on disk, -1 to 1; 1 where new rows have the largest values. */
  correlation: number;
}

export interface Column {
  name: string;
  /** As `format_type` writes it, without a length. */
  type: string;
  notNull: boolean;
  /** PostgreSQL fills it where an INSERT leaves it out: a default, an identity or a generated column. */
  fills: 'nothing' | 'default' | 'always';
  /** Missing where the table was never analysed, or may not be read. */
  spread: Spread | undefined;
}

export interface ForeignKey {
  columns: readonly string[];
  references: string;
  referencedColumns: readonly string[];
  /** Whether a row that is referred to cannot be deleted. */
  restricts: boolean;
}

/** A table, view or materialized view. */
export interface CatalogRelation {
  /** As `relationText` writes it. */
  name: string;
  kind: 'table' | 'view';
  /** By the last ANALYZE or VACUUM; 0 where there was none. */
  rows: number;
  columns: readonly Column[];
  /** Columns of each unique index that has no predicate and no expression. The primary key comes first. */
  uniqueKeys: readonly (readonly string[])[];
  /** Columns of each other unique index: of its expressions and its predicate, too. */
  otherUniqueKeys: readonly (readonly string[])[];
  foreignKeys: readonly ForeignKey[];
  /** For a view the relations that it reads; for a partition the partitioned table. */
  standsFor: readonly string[];
  /** Tables that the functions of its triggers name, and may write to. */
  namedByTriggers: readonly string[];
}

/** What is known of the source's tables before a row is read. */
export class SourceCatalog {
  readonly #relations: ReadonlyMap<string, CatalogRelation>;
  readonly #searchPath: readonly string[];

  /** @param searchPath schemas in which names without one are looked up, in this order */
  constructor(relations: readonly CatalogRelation[], searchPath: readonly string[]) {
    this.#relations = new Map(relations.map((relation) => [relation.name, relation]));
    this.#searchPath = searchPath;
  }

  /** What a statement names. */
  find({ schema, name }: NamedRelation): CatalogRelation | undefined {
    const schemas = schema === undefined ? this.#searchPath : [schema];
    const texts = schemas.map((one) => relationText({ schema: one, name }));
    return texts.map((text) => this.#relations.get(text)).find((relation) => relation !== undefined);
  }

  /** Whether any schema has a relation of that name. */
  hasAnywhere(name: string): boolean {
    return [...this.#relations.keys()].some((text) => parseRelation(text).name === name);
  }

  byName(name: string): CatalogRelation | undefined {
    return this.#relations.get(name);
  }

  /** The tables behind a name: those of a view, the whole of a partition. */
  tablesBehind(name: string, seen: ReadonlySet<string> = new Set()): string[] {
    const relation = this.#relations.get(name);
    if (!relation || seen.has(name)) return [];
    const others = relation.standsFor.flatMap((other) => this.tablesBehind(other, new Set([...seen, name])));
    return [name, ...others];
  }

  /** Foreign keys of other tables, or of itself, that refer to a table. */
  referringTo(table: string): { from: string; key: ForeignKey }[] {
    return [...this.#relations.values()].flatMap(({ name, foreignKeys }) =>
      foreignKeys.filter(({ references }) => references === table).map((key) => ({ from: name, key })),
    );
  }
}
