import { isOwnRelation, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

export const ROW_SECURITY: Kind = {
  part: 'afterRows',
  query: `
    SELECT NULL AS address, 'row security of ' || ${objectText('pg_class', 'c.oid')} AS object,
           format('ALTER TABLE %I.%I %s', n.nspname, c.relname, concat_ws(', ',
             CASE WHEN c.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END,
             CASE WHEN c.relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END)) AS sql,
           'pg_class:' || c.oid AS after
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    WHERE c.relrowsecurity OR c.relforcerowsecurity`,
};

/** For everybody: the roles that they name are not carried over. */
export const POLICIES: Kind = {
  part: 'afterRows',
  query: `
    SELECT 'pg_policy:' || o.oid AS address, ${objectText('pg_policy', 'o.oid')} AS object,
           format('CREATE POLICY %I ON %I.%I AS %s FOR %s', o.polname, n.nspname, c.relname,
                  CASE WHEN o.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                  CASE o.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                WHEN 'd' THEN 'DELETE' ELSE 'ALL' END)
             || coalesce(' USING (' || pg_get_expr(o.polqual, o.polrelid) || ')', '')
             || coalesce(' WITH CHECK (' || pg_get_expr(o.polwithcheck, o.polrelid) || ')', '') AS sql
    FROM pg_policy o
    JOIN pg_class c ON c.oid = o.polrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}`,
};
