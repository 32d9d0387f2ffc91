import { FOREIGN_KEYS } from '../../sample/foreign-keys.ts';
import { SEQUENCES } from '../../sequences.ts';
import { TABLES } from '../../source-tables.ts';
import { COUNTERS } from '../table-counters.ts';
import { OWN_STATEMENT } from '../../statements/observed.ts';
import { columnsQuery } from '../table-columns.ts';
import { FAKES, fakesAsTexts } from './fakes-in-sql.ts';

/** SQL: what a query that is made on the way returns, as text. Its only column is called \`x\`. */
const answerOf = (query: string): string =>
  `(SELECT substring(query_to_xml(${query}, false, true, '')::text FROM '<x>(.*)</x>'))`;

/** SQL: every table, as JSON of a \`SnapshotTable\`. */
export const tablesJson = (major: number): string => `
  WITH ${FAKES}
  SELECT coalesce(json_agg(json_build_object(
           'name', t.name, 'rows', round(t.rows::numeric), 'pages', counters.pages, 'columns', coalesce(c.columns, '[]'),
           'extended', '[]'::json, 'activity', counters.activity) ORDER BY t.name), '[]')
  FROM (${TABLES}) AS t
  JOIN (${COUNTERS}) AS counters ON counters."table" = t.name
  LEFT JOIN (${columnsQuery(major, fakesAsTexts)}) AS c ON c."table" = t.name`;

/** Rows of both tables together: of larger ones nothing is counted. */
const MOST_ROWS = 20_000_000;

const QUANTILES = 'array(SELECT step / 100.0::float8 FROM generate_series(0, 100) AS step)';

/** SQL: quoted columns of a JSON array. */
const list = (columns: string, behind: string, between: string): string =>
  `(SELECT string_agg(quote_ident(k) || '${behind}', '${between}') FROM json_array_elements_text(${columns}) AS k)`;

/** SQL: every foreign key between tables that may be read, as JSON of a \`FanOut\`. */
export const FAN_OUTS = `
  WITH fan_out AS MATERIALIZED (
    SELECT f.*, ${answerOf(`format(
      'SELECT ${OWN_STATEMENT} json_build_array((SELECT count(*) FROM %1$s), count(*), percentile_disc(%2$L::float8[]) WITHIN GROUP (ORDER BY n)) AS x
       FROM (SELECT count(*) AS n FROM %3$s WHERE %4$s GROUP BY %5$s) AS groups',
      f."referredRows", ${QUANTILES}::text, f."rows", ${list('f.columns', ' IS NOT NULL', ' AND ')}, ${list('f.columns', '', ', ')})`)}::json AS counts
    FROM (${FOREIGN_KEYS}) AS f
    JOIN (${TABLES}) AS child ON child.name = f."table" AND child."isReadable" AND NOT child."asksElsewhere"
    JOIN (${TABLES}) AS parent ON parent.name = f."refersTo" AND parent."isReadable" AND NOT parent."asksElsewhere"
    WHERE child.rows + parent.rows < ${MOST_ROWS}
      AND NOT EXISTS (SELECT FROM (${COUNTERS}) AS k WHERE k."table" IN (f."table", f."refersTo") AND k."isFiltered"))
  SELECT coalesce(json_agg(json_build_object(
           'table', "table", 'columns', columns, 'refersTo', "refersTo", 'referredColumns', "referredColumns",
           'childlessShare', greatest(0, 1 - (counts ->> 1)::numeric / greatest(1, (counts ->> 0)::numeric)),
           'children', CASE json_typeof(counts -> 2) WHEN 'array' THEN counts -> 2 ELSE '[]' END)), '[]')
  FROM fan_out`;

/** SQL: every sequence that may be read, as JSON of a \`SnapshotSequence\`. */
export const SEQUENCE_VALUES = `
  WITH s AS MATERIALIZED (${SEQUENCES})
  SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
           'name', s.text,
           'last', ${answerOf(`format('SELECT CASE WHEN is_called THEN last_value END AS x FROM %s', s.name)`)}))), '[]')
  FROM s WHERE s."isReadable"`;
