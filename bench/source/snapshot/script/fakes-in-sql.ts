import { relationTextOf } from '../../../database/relations.ts';
import { COLUMNS, OWN_WITHOUT_TEXT, WITHOUT_TEXT } from '../../redact/column-texts.ts';
import { isOwnRelation } from '../../schema/catalog-sql.ts';
import type { AsTexts } from '../column-statistics.ts';

/** The most characters of a value that statistics have (PostgreSQL, src/backend/commands/analyze.c, WIDTH_THRESHOLD). */
const LONGEST = 1024;

/**
 * SQL: WITH clauses for a query of statistics. `kinds` says of every column whether it is `plain`, without texts, or
 * `text`; of others values are left out. `fakes` begin with the place of the text among all of them.
 */
export const FAKES = `
  kinds AS MATERIALIZED (
    SELECT typed.relation, typed."column",
           CASE WHEN strpos('${WITHOUT_TEXT}', typed.category::text) > 0
                  OR typed.is_own AND typed.type::text ~ '${OWN_WITHOUT_TEXT.source}' THEN 'plain'
                WHEN typed.category = 'S' AND NOT typed.is_array THEN 'text' END AS kind
    FROM (${COLUMNS}) AS typed),
  definitions AS (
    SELECT pg_get_constraintdef(oid) AS sql FROM pg_constraint WHERE contype = 'c'
    UNION SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indpred IS NOT NULL),
  literals AS MATERIALIZED (
    SELECT DISTINCT replace(found[1], '''''', '''') AS text
    FROM definitions, regexp_matches(sql, '''((?:[^'']|'''')*)''', 'g') AS found),
  texts AS (
    SELECT DISTINCT held.value AS text
    FROM pg_stats s
    JOIN pg_namespace n ON n.nspname = s.schemaname
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename AND ${isOwnRelation('n', 'c')}
    JOIN kinds ON kinds.kind = 'text' AND kinds."column" = s.attname AND kinds.relation = ${relationTextOf('n', 'c')}
    CROSS JOIN LATERAL unnest(coalesce(s.most_common_vals::text::text[], '{}') || coalesce(s.histogram_bounds::text::text[], '{}')) AS held (value)),
  places AS (
    SELECT text, row_number() OVER (ORDER BY text, text COLLATE "C")::text AS place,
           length((count(*) OVER ())::text) AS digits
    FROM texts),
  fakes AS MATERIALIZED (
    SELECT text, CASE WHEN rtrim(text) = '' OR text IN (SELECT text FROM literals) THEN text
                      ELSE rpad(substr(lpad(place, digits, '0') || repeat(md5(place), ${LONGEST / 32 + 1}), 1,
                                       greatest(digits, length(rtrim(text)))), greatest(digits, length(text))) END AS fake
    FROM places)`;

/** Values of the column \`a\` of the table \`c\`: fakes for texts, and NULL where nothing is known of texts in them. */
export const fakesAsTexts: AsTexts = (values) => `
  CASE (SELECT kinds.kind FROM kinds WHERE kinds."column" = a.attname AND kinds.relation = ${relationTextOf('n', 'c')})
    WHEN 'plain' THEN ${values}::text::text[]
    WHEN 'text' THEN (
      SELECT array_agg(fakes.fake ORDER BY held.place)
      FROM unnest(${values}::text::text[]) WITH ORDINALITY AS held (value, place) LEFT JOIN fakes ON fakes.text = held.value) END`;
