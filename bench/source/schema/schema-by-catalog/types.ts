import { isUserSchema } from '../../../database/relations.ts';
import { collateClause, isOfExtension, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

/** SQL: every row `t` of pg_type of one type, with its name for SQL as `named`. */
const typesOf = (typtype: string, sql: string, more = ''): string => `
  SELECT 'pg_type:' || t.oid AS address, ${objectText('pg_type', 't.oid')} AS object, ${sql} AS sql
  FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace AND ${isUserSchema('n')}
  CROSS JOIN LATERAL format('%I.%I', n.nspname, t.typname) AS named
  ${more}
  WHERE t.typtype = '${typtype}' AND NOT ${isOfExtension('pg_type', 't.oid')}`;

export const ENUMS: Kind = {
  part: 'beforeRows',
  query: typesOf(
    'e',
    `format('CREATE TYPE %s AS ENUM (%s)', named,
            (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
             FROM pg_enum WHERE enumtypid = t.oid))`,
  ),
};

const ATTRIBUTES = `
  (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                     || ${collateClause('a.attcollation', 'a.atttypid')}, ', ' ORDER BY a.attnum)
   FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)`;

export const COMPOSITE_TYPES: Kind = {
  part: 'beforeRows',
  query: typesOf(
    'c',
    `format('CREATE TYPE %s AS (%s)', named, ${ATTRIBUTES})`,
    `JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'`,
  ),
};

/** Names of a domain's NOT NULL are kept from 17 on, where the catalog has them. */
const DOMAIN_NOT_NULL = `
  coalesce((SELECT format(' CONSTRAINT %I NOT NULL', conname) FROM pg_constraint
            WHERE contypid = t.oid AND contype = 'n'), CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END)`;

/** Without its checks: they may need functions that need the domain. */
export const DOMAINS: Kind = {
  part: 'beforeRows',
  query: typesOf(
    'd',
    `format('CREATE DOMAIN %s AS %s', named, format_type(t.typbasetype, t.typtypmod))
     || ${collateClause('t.typcollation', 't.typbasetype')}
     || coalesce(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0), '') || ${DOMAIN_NOT_NULL}`,
  ),
};

export const DOMAIN_CHECKS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_constraint:' || o.oid AS address, ${objectText('pg_constraint', 'o.oid')} AS object,
           format('ALTER DOMAIN %I.%I ADD CONSTRAINT %I %s', n.nspname, t.typname, o.conname,
                  pg_get_constraintdef(o.oid)) AS sql,
           CASE WHEN NOT o.convalidated THEN 'afterRows' END AS part
    FROM pg_constraint o
    JOIN pg_type t ON t.oid = o.contypid
    JOIN pg_namespace n ON n.oid = t.typnamespace AND ${isUserSchema('n')}
    WHERE o.contype = 'c' AND NOT ${isOfExtension('pg_type', 't.oid')}`,
};

/** A name made of schema and name, of one row of a catalog. */
const qualified = (catalog: string, prefix: string, oid: string): string => `
  (SELECT format('%I.%I', n.nspname, o.${prefix}name)
   FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${prefix}namespace WHERE o.oid = ${oid})`;

const RANGE_OPTIONS = `
  concat_ws(', ',
    'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
    'SUBTYPE_OPCLASS = ' || ${qualified('pg_opclass', 'opc', 'r.rngsubopc')},
    'COLLATION = ' || ${qualified('pg_collation', 'coll', 'r.rngcollation')},
    'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff::oid, '0')::regproc,
    'MULTIRANGE_TYPE_NAME = ' || ${qualified('pg_type', 'typ', 'r.rngmultitypid')})`;

export const RANGES: Kind = {
  part: 'beforeRows',
  query: typesOf(
    'r',
    `format('CREATE TYPE %s AS RANGE (%s)', named, ${RANGE_OPTIONS})`,
    'JOIN pg_range r ON r.rngtypid = t.oid',
  ),
};
