import { collateClause } from '../catalog-sql.ts';
import { SEQUENCE_OPTIONS } from './sequences.ts';

const GENERATED = `
  coalesce((SELECT format(' GENERATED ALWAYS AS (%s) %s', pg_get_expr(d.adbin, d.adrelid),
                          CASE a.attgenerated WHEN 'v' THEN 'VIRTUAL' ELSE 'STORED' END)
            FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated <> ''), '')`;

/** From 17 on a partition has the identity of its parent, whose sequence is not its own. */
const IDENTITY = `
  coalesce((SELECT format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %I.%I %s)',
                          CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END,
                          sn.nspname, sc.relname, ${SEQUENCE_OPTIONS})
            FROM pg_depend d
            JOIN pg_sequence s ON s.seqrelid = d.objid
            JOIN pg_class sc ON sc.oid = s.seqrelid
            JOIN pg_namespace sn ON sn.oid = sc.relnamespace
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i'
              AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum), '')`;

/** From 18 on the catalog has constraints for them. One that is not valid is added after the rows. */
const NOT_NULL = `
  CASE WHEN current_setting('server_version_num')::int < 180000
       THEN CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
       ELSE coalesce((SELECT format(' CONSTRAINT %I NOT NULL%s', o.conname,
                                    CASE WHEN o.connoinherit THEN ' NO INHERIT' ELSE '' END)
                      FROM pg_constraint o
                      WHERE o.conrelid = a.attrelid AND o.contype = 'n' AND o.conkey[1] = a.attnum
                        AND o.convalidated AND (o.conislocal OR c.relispartition)), '') END`;

/**
 * SQL: the columns of the table `c`. A partition is made as a table of its own and attached later: it has all columns.
 * Another child has those that are its own, and those to which it adds NOT NULL.
 */
export const COLUMNS = `
  (SELECT string_agg(format(E'\\n  %I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                     || ${collateClause('a.attcollation', 'a.atttypid')}
                     || CASE WHEN a.attislocal OR c.relispartition THEN ${GENERATED} ELSE '' END
                     || ${IDENTITY} || added.not_null, ',' ORDER BY a.attnum)
   FROM pg_attribute a
   CROSS JOIN LATERAL (SELECT ${NOT_NULL} AS not_null) AS added
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     AND (a.attislocal OR c.relispartition OR added.not_null <> ''))`;
