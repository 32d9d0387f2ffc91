import { isOwnRelation, objectText, optionsText } from '../catalog-sql.ts';
import { COLUMNS } from './columns.ts';
import type { Kind } from './kind.ts';

const INHERITS = `
  (SELECT format(' INHERITS (%s)', string_agg(format('%I.%I', pn.nspname, p.relname), ', ' ORDER BY i.inhseqno))
   FROM pg_inherits i
   JOIN pg_class p ON p.oid = i.inhparent
   JOIN pg_namespace pn ON pn.oid = p.relnamespace
   WHERE i.inhrelid = c.oid AND NOT c.relispartition HAVING count(*) > 0)`;

const OPTIONS = `
  nullif(concat_ws(', ', ${optionsText('c.reloptions')}, ${optionsText('toast.reloptions', 'toast.')}), '')`;

/** SQL: the clauses of CREATE TABLE behind the columns, in the order that the grammar wants. */
const CLAUSES = `
  concat(${INHERITS}, ' PARTITION BY ' || pg_get_partkeydef(c.oid),
         ' USING ' || quote_ident(nullif(am.amname, 'heap')), ' WITH (' || ${OPTIONS} || ')')`;

/** With generated and identity columns. Defaults, checks and partitions' bounds are objects of their own. */
export const TABLES: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_class:' || c.oid AS address, ${objectText('pg_class', 'c.oid')} AS object,
           format('CREATE %sTABLE %I.%I (%s)%s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END,
                  n.nspname, c.relname, ${COLUMNS}, ${CLAUSES}) AS sql
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
    LEFT JOIN pg_am am ON am.oid = c.relam
    WHERE c.relkind IN ('r', 'p')`,
};

export const PARTITIONS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT NULL AS address, 'partition bound of ' || ${objectText('pg_class', 'c.oid')} AS object,
           format('ALTER TABLE ONLY %I.%I ATTACH PARTITION %I.%I %s', pn.nspname, p.relname, n.nspname, c.relname,
                  pg_get_expr(c.relpartbound, c.oid)) AS sql,
           format('pg_class:%s pg_class:%s', p.oid, c.oid) AS after
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition AND c.relkind IN ('r', 'p')
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    JOIN pg_class p ON p.oid = i.inhparent
    JOIN pg_namespace pn ON pn.oid = p.relnamespace`,
};

/** Behind all tables: a child made later would inherit a default that it does not have in the source. */
export const DEFAULTS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_attrdef:' || d.oid AS address, ${objectText('pg_attrdef', 'd.oid')} AS object,
           format('ALTER TABLE ONLY %I.%I ALTER COLUMN %I SET DEFAULT %s', n.nspname, c.relname, a.attname,
                  pg_get_expr(d.adbin, d.adrelid)) AS sql
    FROM pg_attrdef d
    JOIN pg_class c ON c.oid = d.adrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated = ''`,
};
