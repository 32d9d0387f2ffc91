import { collateClause, isOwnRelation } from '../catalog-sql.ts';
import { flag, list, onRelation, sorted, type ComparedKind } from './compared-kind.ts';

const relationsOf = (kinds: string, more = ''): string => `
  JOIN pg_namespace n ON n.oid = o.relnamespace AND ${isOwnRelation('n', 'o')}
  ${more}
  WHERE o.relkind IN (${kinds})`;

const TABLES: ComparedKind = {
  catalog: 'pg_class',
  rows: relationsOf("'r', 'p'"),
  definition: list(
    `CASE o.relkind WHEN 'p' THEN 'partitioned by ' || pg_get_partkeydef(o.oid) ELSE 'table' END`,
    flag("o.relpersistence = 'u'", 'unlogged'),
    `(SELECT 'child of ' || string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno)
      FROM pg_inherits WHERE inhrelid = o.oid)`,
    `pg_get_expr(o.relpartbound, o.oid)`,
    sorted('o.reloptions'),
    `(SELECT 'toast: ' || ${sorted('t.reloptions')} FROM pg_class t WHERE t.oid = o.reltoastrelid)`,
    `'replica identity ' || o.relreplident::text`,
    flag('o.relrowsecurity', 'row security'),
    flag('o.relforcerowsecurity', 'forced row security'),
    `(SELECT 'access method ' || amname FROM pg_am WHERE oid = o.relam)`,
  ),
};

const COLUMNS: ComparedKind = {
  catalog: 'pg_attribute',
  rows: `${onRelation('attrelid')}
         WHERE c.relkind IN ('r', 'p', 'v', 'm') AND o.attnum > 0 AND NOT o.attisdropped`,
  relation: 'o.attrelid',
  column: 'o.attnum',
  definition: list(
    `format_type(o.atttypid, o.atttypmod) || ${collateClause('o.attcollation', 'o.atttypid')}`,
    flag('o.attnotnull', 'not null'),
    `CASE o.attgenerated WHEN '' THEN 'default ' WHEN 's' THEN 'generated, stored ' ELSE 'generated, virtual ' END
     || (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = o.attrelid AND adnum = o.attnum)`,
    `'identity ' || nullif(o.attidentity::text, '')`,
    `'storage ' || o.attstorage::text`,
    `'compression ' || nullif(o.attcompression::text, '')`,
    `'statistics ' || nullif(o.attstattarget, -1)`,
    sorted('o.attoptions'),
  ),
};

const SEQUENCES: ComparedKind = {
  catalog: 'pg_class',
  rows: relationsOf("'S'"),
  definition: list(
    `(SELECT (to_jsonb(s) - '{seqrelid,seqtypid}'::text[])::text || ' ' || format_type(seqtypid, NULL)
      FROM pg_sequence s WHERE s.seqrelid = o.oid)`,
    flag("o.relpersistence = 'u'", 'unlogged'),
    `(SELECT format('of %s.%s', refobjid::regclass, attname)
      FROM pg_depend JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
      WHERE classid = 'pg_class'::regclass AND objid = o.oid AND refclassid = 'pg_class'::regclass
        AND deptype IN ('a', 'i'))`,
  ),
};

const VIEWS: ComparedKind = {
  catalog: 'pg_class',
  rows: relationsOf("'v', 'm'"),
  definition: list('pg_get_viewdef(o.oid)', sorted('o.reloptions')),
  acrossMajors: 'presence',
};

const INDEXES: ComparedKind = {
  catalog: 'pg_class',
  rows: relationsOf("'i', 'I'", 'JOIN pg_index x ON x.indexrelid = o.oid'),
  relation: 'x.indrelid',
  definition: list(
    'pg_get_indexdef(o.oid)',
    flag('NOT x.indisvalid', 'not valid'),
    flag('x.indisclustered', 'clustered by it'),
    flag('x.indisreplident', 'replica identity'),
    `(SELECT 'part of ' || inhparent::regclass FROM pg_inherits WHERE inhrelid = o.oid)`,
    `(SELECT 'statistics ' || string_agg(attnum || ': ' || attstattarget, ', ' ORDER BY attnum)
      FROM pg_attribute WHERE attrelid = o.oid AND attstattarget >= 0)`,
  ),
};

export const RELATIONS: readonly ComparedKind[] = [TABLES, VIEWS, COLUMNS, SEQUENCES, INDEXES];
