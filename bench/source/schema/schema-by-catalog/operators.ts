import { isUserSchema } from '../../../database/relations.ts';
import { FIRST_OID_OF_USERS, isOfExtension, isPartOfAnother, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

const otherOperator = (option: string, column: string): string => `
  (SELECT format('${option} = OPERATOR(%I.%s)', xn.nspname, x.oprname)
   FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = o.${column})`;

/** A commutator or negator that is made later is announced by the first of the two. */
export const OPERATORS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_operator:' || o.oid AS address, ${objectText('pg_operator', 'o.oid')} AS object,
           format('CREATE OPERATOR %I.%s (%s)', n.nspname, o.oprname, concat_ws(', ',
             'FUNCTION = ' || o.oprcode,
             'LEFTARG = ' || format_type(nullif(o.oprleft, '0'), NULL),
             'RIGHTARG = ' || format_type(nullif(o.oprright, '0'), NULL),
             ${otherOperator('COMMUTATOR', 'oprcom')}, ${otherOperator('NEGATOR', 'oprnegate')},
             'RESTRICT = ' || nullif(o.oprrest::oid, '0')::regproc,
             'JOIN = ' || nullif(o.oprjoin::oid, '0')::regproc,
             CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END)) AS sql
    FROM pg_operator o
    JOIN pg_namespace n ON n.oid = o.oprnamespace AND ${isUserSchema('n')}
    WHERE o.oprcode <> 0 AND NOT ${isOfExtension('pg_operator', 'o.oid')}`,
};

export const CASTS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_cast:' || o.oid AS address, ${objectText('pg_cast', 'o.oid')} AS object,
           format('CREATE CAST (%s AS %s) %s', format_type(o.castsource, NULL), format_type(o.casttarget, NULL),
                  CASE o.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || o.castfunc::regprocedure
                                    WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END)
             || CASE o.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END AS sql
    FROM pg_cast o
    WHERE o.oid >= ${FIRST_OID_OF_USERS} AND NOT ${isPartOfAnother('pg_cast', 'o.oid')}`,
};
