import { isUserSchema } from '../../../database/relations.ts';
import { isOwnRelation, isPartOfAnother } from '../catalog-sql.ts';

/** One kind of object that two catalogs are compared by. */
export interface ComparedKind {
  catalog: string;
  /** SQL: what follows `FROM catalog o`. */
  rows: string;
  /** SQL: the definition of row `o`, the same text for the same definition on servers of one major. */
  definition: string;
  /** SQL: the OID of the relation that row `o` is part of. Of a relation that is missing, no part is told. */
  relation?: string;
  /** SQL: the number of the column of that relation, where row `o` is one. */
  column?: string;
  /**
   * Between servers of different majors: a view is printed in other words, and the catalog of one has objects that the
   * other does not know.
   *
   * @default 'definition'
   */
  acrossMajors?: 'definition' | 'presence' | 'nothing';
}

/** SQL: rows of a catalog with a schema, made by the user. */
export const ownIn = (catalog: string, schema: string): string =>
  `JOIN pg_namespace n ON n.oid = o.${schema} AND ${isUserSchema('n')} AND NOT ${isPartOfAnother(catalog, 'o.oid')}`;

/** SQL: rows of a catalog that are about a relation of the user's. */
export const onRelation = (relation: string): string =>
  `JOIN pg_class c ON c.oid = o.${relation}
   JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}`;

/** SQL: those of these texts that are not NULL. */
export const list = (...parts: readonly string[]): string => `concat_ws(', ', ${parts.join(', ')})`;

/** SQL: a word where a condition holds. */
export const flag = (condition: string, word: string): string => `CASE WHEN ${condition} THEN '${word}' END`;

/** SQL: an array of options, in one order. */
export const sorted = (options: string): string =>
  `(SELECT string_agg(option, ', ' ORDER BY option COLLATE "C") FROM unnest(${options}) AS option)`;
