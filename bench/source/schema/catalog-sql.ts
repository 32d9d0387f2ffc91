import { isUserSchema } from '../../database/relations.ts';

/** Objects below are PostgreSQL's own (src/include/access/transam.h, FirstNormalObjectId). */
export const FIRST_OID_OF_USERS = 16384;

/** SQL: whether an object of this catalog belongs to an extension, which makes it, or to another object. */
export const isPartOfAnother = (catalog: string, oid: string): string =>
  `EXISTS (SELECT FROM pg_depend part WHERE part.classid = '${catalog}'::regclass AND part.objid = ${oid}
           AND part.objsubid = 0 AND part.deptype IN ('e', 'i'))`;

/** SQL: whether an extension makes an object of this catalog. */
export const isOfExtension = (catalog: string, oid: string): string =>
  `EXISTS (SELECT FROM pg_depend part WHERE part.classid = '${catalog}'::regclass AND part.objid = ${oid}
           AND part.deptype = 'e')`;

/** SQL: the kind and the name of an object, as PostgreSQL identifies it: `function public.total(integer)`. */
export const objectText = (catalog: string, oid: string, column = '0'): string =>
  `(SELECT known.type || ' ' || known.identity FROM pg_identify_object('${catalog}'::regclass, ${oid}, ${column}) AS known)`;

/** SQL: the options of a relation, as CREATE takes them: `fillfactor = '70'`. NULL where it has none. */
export const optionsText = (options: string, prefix = ''): string =>
  `(SELECT string_agg('${prefix}' || format('%I = %L', option_name, option_value), ', ' ORDER BY option_name)
    FROM pg_options_to_table(${options}))`;

/** SQL: whether a relation (a row of `pg_class` with its schema) is made by the user, not by an extension. */
export const isOwnRelation = (schema: string, relation: string): string =>
  `${isUserSchema(schema)} AND NOT ${isOfExtension('pg_class', `${relation}.oid`)}`;

/** SQL: COLLATE of something whose collation is not that of its type; empty otherwise. */
export const collateClause = (collation: string, type: string): string => `
  coalesce((SELECT format(' COLLATE %I.%I', cn.nspname, co.collname)
            FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
            WHERE co.oid = ${collation} AND co.oid <> (SELECT typcollation FROM pg_type WHERE oid = ${type})), '')`;

/** SQL: whether a trigger (a row of `pg_trigger`) is made by the user, on a table or, by that, on its partitions. */
export const isOwnTrigger = (trigger: string): string =>
  `(NOT ${trigger}.tgisinternal OR ${trigger}.tgparentid <> 0)
   AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.oid = ${trigger}.tgconstraint AND f.contype = 'f')`;
