/** When a statement runs: before the rows are loaded, or after that. */
export type Part = 'beforeRows' | 'afterRows';

/** One kind of object, and how PostgreSQL's catalogs are asked for the statements that make all of them. */
export interface Kind {
  part: Part;
  /**
   * SQL with the columns `address` (`catalog:oid`, as in `pg_depend`), `object` (kind and name), `sql`, and optionally
   * `after` (addresses of what has to be there first, with blanks between) and `part` (where it is not that of the kind).
   * What only adds to an object has no address of its own: NULL.
   */
  query: string;
}

/** One object, and the statements that make it. None of them ends in a semicolon. */
export interface SchemaObject {
  address: string | undefined;
  object: string;
  sql: string;
  after: readonly string[];
  part: Part;
}
