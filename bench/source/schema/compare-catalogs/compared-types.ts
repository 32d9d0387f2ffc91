import { isUserSchema } from '../../../database/relations.ts';
import { collateClause, isOfExtension } from '../catalog-sql.ts';
import { list, ownIn, type ComparedKind } from './compared-kind.ts';

/** A session that looks into a database finds `public` there, whether the source has it or not. */
const SCHEMAS: ComparedKind = {
  catalog: 'pg_namespace',
  rows: `WHERE ${isUserSchema('o')} AND o.nspname <> 'public' AND NOT ${isOfExtension('pg_namespace', 'o.oid')}`,
  definition: `''`,
};

const EXTENSIONS: ComparedKind = {
  catalog: 'pg_extension',
  rows: '',
  definition: `'in schema ' || o.extnamespace::regnamespace`,
};

const ENUM = `
  SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = o.oid`;

const RANGE = `
  SELECT concat_ws(' ', format_type(rngsubtype, NULL), format_type(rngmultitypid, NULL), opcname, collname,
                   rngsubdiff::regproc, rngcanonical::regproc)
  FROM pg_range JOIN pg_opclass p ON p.oid = rngsubopc LEFT JOIN pg_collation l ON l.oid = rngcollation
  WHERE rngtypid = o.oid`;

const ATTRIBUTES = `
  SELECT string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)
  FROM pg_attribute WHERE attrelid = o.typrelid AND attnum > 0 AND NOT attisdropped`;

const DOMAIN = `
  format_type(o.typbasetype, o.typtypmod) || ${collateClause('o.typcollation', 'o.typbasetype')}
  || CASE WHEN o.typnotnull THEN ' NOT NULL' ELSE '' END
  || coalesce(' DEFAULT ' || pg_get_expr(o.typdefaultbin, 0), '')`;

/** Arrays go with their types, and the types of rows with their tables. */
const TYPES: ComparedKind = {
  catalog: 'pg_type',
  rows: ownIn('pg_type', 'typnamespace'),
  definition: `
    CASE o.typtype WHEN 'e' THEN (${ENUM}) WHEN 'r' THEN (${RANGE}) WHEN 'c' THEN (${ATTRIBUTES})
                   WHEN 'd' THEN ${DOMAIN} ELSE '' END`,
};

const COLLATIONS: ComparedKind = {
  catalog: 'pg_collation',
  rows: ownIn('pg_collation', 'collnamespace'),
  definition: `
    (to_jsonb(o) - '{oid,collname,collnamespace,collowner,collversion}'::text[])::text`,
  acrossMajors: 'presence',
};

const DICTIONARIES: ComparedKind = {
  catalog: 'pg_ts_dict',
  rows: `${ownIn('pg_ts_dict', 'dictnamespace')} JOIN pg_ts_template t ON t.oid = o.dicttemplate`,
  definition: list('t.tmplname', 'o.dictinitoption'),
};

const CONFIGURATIONS: ComparedKind = {
  catalog: 'pg_ts_config',
  rows: `${ownIn('pg_ts_config', 'cfgnamespace')} JOIN pg_ts_parser p ON p.oid = o.cfgparser`,
  definition: list(
    'p.prsname',
    `(SELECT string_agg(format('%s: %s', maptokentype, mapdict::regdictionary), ', '
                        ORDER BY maptokentype, mapseqno) FROM pg_ts_config_map WHERE mapcfg = o.oid)`,
  ),
};

export const TYPES_AND_SCHEMAS: readonly ComparedKind[] = [
  SCHEMAS,
  EXTENSIONS,
  TYPES,
  COLLATIONS,
  DICTIONARIES,
  CONFIGURATIONS,
];
