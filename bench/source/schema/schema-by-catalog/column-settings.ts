import { isOwnRelation, objectText, optionsText } from '../catalog-sql.ts';
import { WHERE_SUPPORTED } from '../source-schema.ts';
import type { Kind } from './kind.ts';

const STORAGE = `
  CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END`;

/** SQL: what a column `a` has been given apart from its type `t`, as actions of ALTER TABLE. */
const ACTIONS = `
  concat_ws(', ',
    CASE WHEN a.attstattarget >= 0 THEN format('ALTER COLUMN %I SET STATISTICS %s', a.attname, a.attstattarget) END,
    CASE WHEN a.attstorage <> t.typstorage THEN format('ALTER COLUMN %I SET STORAGE %s', a.attname, ${STORAGE}) END,
    format('ALTER COLUMN %I SET (', a.attname) || ${optionsText('a.attoptions')} || ')')`;

/** Statistics targets, storage, and estimates such as `n_distinct`. */
export const COLUMN_SETTINGS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT NULL AS address, 'settings of ' || ${objectText('pg_class', 'c.oid', 'a.attnum')} AS object,
           format('ALTER TABLE ONLY %I.%I %s', n.nspname, c.relname, actions) AS sql, 'pg_class:' || c.oid AS after
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'm')
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    JOIN pg_type t ON t.oid = a.atttypid
    CROSS JOIN LATERAL ${ACTIONS} AS actions
    WHERE a.attnum > 0 AND NOT a.attisdropped AND actions <> ''`,
};

export const COMPRESSIONS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT NULL AS address, 'compression of ' || ${objectText('pg_class', 'c.oid', 'a.attnum')} AS object,
           format('DO %L', format('${WHERE_SUPPORTED}',
             format('ALTER TABLE ONLY %I.%I ALTER COLUMN %I SET COMPRESSION %s', n.nspname, c.relname, a.attname,
                    CASE a.attcompression WHEN 'l' THEN 'lz4' ELSE 'pglz' END))) AS sql,
           'pg_class:' || c.oid AS after
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'm')
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attcompression <> ''`,
};

/** Statistics targets of expressions in indexes. */
export const INDEX_STATISTICS: Kind = {
  part: 'afterRows',
  query: `
    SELECT NULL AS address, 'settings of ' || ${objectText('pg_class', 'c.oid')} AS object,
           format('ALTER INDEX %I.%I %s', n.nspname, c.relname,
                  string_agg(format('ALTER COLUMN %s SET STATISTICS %s', a.attnum, a.attstattarget), ', '
                             ORDER BY a.attnum)) AS sql,
           'pg_class:' || c.oid AS after
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('i', 'I')
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    WHERE a.attstattarget >= 0 AND a.attnum > 0
      AND EXISTS (SELECT FROM pg_index x WHERE x.indexrelid = c.oid AND x.indexprs IS NOT NULL)
    GROUP BY c.oid, n.nspname, c.relname`,
};
