import { isOwnRelation, objectText, optionsText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

/** SQL: every row `c` of pg_class of one kind. */
const viewsOf = (relkind: string, create: string, access: string, end: string): string => `
  SELECT 'pg_class:' || c.oid AS address, ${objectText('pg_class', 'c.oid')} AS object,
         format('${create} %I.%I%s AS%s', n.nspname, c.relname,
                concat(${access}, ' WITH (' || ${optionsText('c.reloptions')} || ')'),
                E'\\n' || rtrim(pg_get_viewdef(c.oid), ';')) || ${end} AS sql
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
  LEFT JOIN pg_am am ON am.oid = c.relam
  WHERE c.relkind = '${relkind}'`;

export const VIEWS: Kind = { part: 'beforeRows', query: viewsOf('v', 'CREATE VIEW', 'NULL', `''`) };

/** Without rows, which a refresh brings after the tables have theirs. */
export const MATERIALIZED_VIEWS: Kind = {
  part: 'beforeRows',
  query: viewsOf(
    'm',
    'CREATE MATERIALIZED VIEW',
    `' USING ' || quote_ident(nullif(am.amname, 'heap'))`,
    `E'\\nWITH NO DATA'`,
  ),
};
