import { isUserSchema } from '../../../database/relations.ts';
import { isOfExtension, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

/** The column has another name in 14, in 15 and 16, and from 17 on: the row is read as JSON. */
const LOCALE = `coalesce(j ->> 'colllocale', j ->> 'colliculocale',
                         CASE WHEN o.collprovider <> 'c' THEN j ->> 'collcollate' END)`;

export const COLLATIONS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_collation:' || o.oid AS address, ${objectText('pg_collation', 'o.oid')} AS object,
           format('CREATE COLLATION %I.%I (%s)', n.nspname, o.collname, concat_ws(', ',
             'PROVIDER = ' || CASE o.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
             CASE WHEN NOT o.collisdeterministic THEN 'DETERMINISTIC = false' END,
             'LOCALE = ' || quote_literal(${LOCALE}),
             CASE WHEN o.collprovider = 'c' THEN 'LC_COLLATE = ' || quote_literal(o.collcollate) END,
             CASE WHEN o.collprovider = 'c' THEN 'LC_CTYPE = ' || quote_literal(o.collctype) END,
             'RULES = ' || quote_literal(j ->> 'collicurules'))) AS sql
    FROM pg_collation o
    JOIN pg_namespace n ON n.oid = o.collnamespace AND ${isUserSchema('n')}
    CROSS JOIN LATERAL to_jsonb(o) AS j
    WHERE NOT ${isOfExtension('pg_collation', 'o.oid')}`,
};
