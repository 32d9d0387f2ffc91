import { isUserSchema } from '../../../database/relations.ts';
import { isOfExtension, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

/** An empty database has `public` already. */
export const SCHEMAS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_namespace:' || n.oid AS address, ${objectText('pg_namespace', 'n.oid')} AS object,
           format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) AS sql
    FROM pg_namespace n
    WHERE ${isUserSchema('n')} AND NOT ${isOfExtension('pg_namespace', 'n.oid')}`,
};

/** In the version that the server has: a later server may have later ones only. plpgsql is in every database. */
export const EXTENSIONS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_extension:' || e.oid AS address, ${objectText('pg_extension', 'e.oid')} AS object,
           format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname) AS sql
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname <> 'plpgsql'`,
};
