import { isOwnRelation, isPartOfAnother, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

/** SQL: the options of the row `s` of pg_sequence. */
export const SEQUENCE_OPTIONS = `
  format('INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s', s.seqincrement, s.seqmin, s.seqmax,
         s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END)`;

/** Without those of identity columns, which are part of their table. */
export const SEQUENCES: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_class:' || c.oid AS address, ${objectText('pg_class', 'c.oid')} AS object,
           format('CREATE %sSEQUENCE %I.%I AS %s %s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END,
                  n.nspname, c.relname, format_type(s.seqtypid, NULL), ${SEQUENCE_OPTIONS}) AS sql
    FROM pg_sequence s
    JOIN pg_class c ON c.oid = s.seqrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    WHERE NOT ${isPartOfAnother('pg_class', 'c.oid')}`,
};

/** That a sequence goes with a column (`serial`). */
export const SEQUENCE_OWNERS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT NULL AS address, 'owner of ' || ${objectText('pg_class', 'c.oid')} AS object,
           format('ALTER SEQUENCE %I.%I OWNED BY %I.%I.%I', n.nspname, c.relname, tn.nspname, t.relname, a.attname)
             AS sql,
           format('pg_class:%s pg_class:%s', c.oid, t.oid) AS after
    FROM pg_depend d
    JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    JOIN pg_class t ON t.oid = d.refobjid
    JOIN pg_namespace tn ON tn.oid = t.relnamespace
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a'
      AND NOT ${isPartOfAnother('pg_class', 'c.oid')}`,
};
