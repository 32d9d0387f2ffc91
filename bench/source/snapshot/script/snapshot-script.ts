import { LOCALE } from '../../../database/locale.ts';
import { SNAPSHOT_VERSION } from '../../../model/snapshot.ts';
import type { LeftOut } from '../../../model/source.ts';
import { SETTINGS } from '../../planner-settings.ts';
import { INDEXES } from '../index-usage.ts';
import { CHECKS, UNIQUE_KEYS } from '../row-rules.ts';
import { FAN_OUTS, SEQUENCE_VALUES, tablesJson } from './parts-in-sql.ts';
import { STATEMENTS, STATEMENTS_LEFT_OUT, STATEMENTS_VIEW } from './statements-in-sql.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const HEAD = `-- A snapshot of a database for index-impact: what its statistics say, without its rows.
--
--   psql -XAtqf snapshot.sql postgres://reader@db.example/shop > shop.snapshot.json
--
-- It only reads, in one read-only transaction. Texts of rows are replaced before they leave the server: a text becomes its
-- place among all texts, and as many other characters as it has. Texts that the schema's CHECKs and predicates name stay.
-- Numbers, dates, UUIDs, names of tables and columns, and statements without their literals are in clear.`;

/** What the script does not read, and what follows. */
const UNKNOWN: readonly LeftOut[] = [
  {
    object: 'schema',
    reason: 'the script cannot write it: take it of the migrations, or of pg_dump --schema-only',
  },
  { object: 'plans of the statements', reason: 'the script does not ask for them' },
  { object: 'statistics of several columns', reason: 'the script does not read them' },
  {
    object: 'values of arrays, documents and types of their own with texts',
    reason: 'the script leaves them out',
  },
  STATEMENTS_LEFT_OUT,
  { object: 'short texts', reason: 'their fakes may be longer: each begins with its place among all texts' },
];

const KEPT: readonly LeftOut[] = [
  { object: 'names', reason: 'of the database, its roles, schemas, tables, columns and indexes' },
  { object: 'values without texts', reason: 'numbers, dates and times, UUIDs, enums, addresses of networks' },
  { object: 'texts', reason: 'those that a CHECK or a predicate of an index names' },
  { object: 'statements', reason: 'without comments and without quoted literals' },
];

const NO_SCHEMA = { way: 'catalog', beforeRows: '', afterRows: '', materializedViews: [], leftOut: [] };

const json = (value: unknown): string => `${quoted(JSON.stringify(value))}::json`;

/** SQL of a query as a variable of psql. */
const variable = (name: string, query: string): string => `SELECT (${query}) AS ${name} \\gset`;

const rows = (query: string): string =>
  `SELECT coalesce(json_agg(json_strip_nulls(to_json(found))), '[]') FROM (${query}) AS found`;

const TABLES_WITHOUT_STATISTICS = `
  SELECT json_build_object('object', 'table ' || (t ->> 'name'), 'reason',
           'nothing is known of its values: it was never analysed (run ANALYZE), or this role may not read it')
  FROM json_array_elements(:'tables'::json) AS t
  WHERE (t ->> 'pages')::numeric > 0
    AND NOT EXISTS (SELECT FROM json_array_elements(t -> 'columns') AS c WHERE c -> 'statistics' IS NOT NULL)`;

/** Values come as text that every server reads alike. */
const SESSION = `SET LOCAL standard_conforming_strings = on;
SET LOCAL DateStyle = 'ISO';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL bytea_output = 'hex';
SET LOCAL extra_float_digits = 1;
SET LOCAL statement_timeout = '15min';
SET LOCAL lock_timeout = '10s';`;

/** A script for psql that prints a snapshot, without its schema. */
export const snapshotScript = (): string => `${HEAD}
\\set ON_ERROR_STOP on
BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SELECT array_to_json(current_schemas(false)) AS schemas, current_user AS role \\gset
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
${SESSION}
SELECT current_setting('server_version_num')::int >= 170000 AS shows_ranges \\gset
\\if :shows_ranges
${variable('tables', tablesJson(17))}
\\else
${variable('tables', tablesJson(14))}
\\endif
${variable('fan_outs', FAN_OUTS)}
${variable('sequences', SEQUENCE_VALUES)}
${STATEMENTS_VIEW}
\\if :has_statements
${variable('statements', STATEMENTS)}
\\else
\\set statements '[]'
\\endif
SELECT jsonb_pretty(jsonb_build_object(
  'snapshotVersion', ${SNAPSHOT_VERSION},
  'readAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'database', current_database(),
  'postgresVersion', split_part(current_setting('server_version'), ' ', 1),
  'locale', (SELECT json_strip_nulls(to_json(l)) FROM (${LOCALE}) AS l),
  'searchPath', json_build_object('schemas', :'schemas'::json, 'of', 'role ' || :'role', 'others', '[]'::json),
  'redacted', json_build_object('kept', ${json(KEPT)}),
  'schema', ${json(NO_SCHEMA)},
  'settings', (${rows(SETTINGS)}),
  'tables', :'tables'::json,
  'uniqueKeys', (${rows(UNIQUE_KEYS)}),
  'checks', (${rows(CHECKS)}),
  'fanOuts', :'fan_outs'::json,
  'sequences', :'sequences'::json,
  'indexes', (${rows(INDEXES)}),
  'statements', :'statements'::json,
  'unknown', ${json(UNKNOWN)}::jsonb || coalesce((SELECT jsonb_agg(found) FROM (${TABLES_WITHOUT_STATISTICS}) AS t (found)), '[]')));
ROLLBACK;
`;
