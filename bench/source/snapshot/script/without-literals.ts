/**
 * SQL's tokens, as far as literals and comments need them: PostgreSQL manual, "Lexical Structure". A quantifier that is
 * not greedy would make the whole alternation so ("Regular Expression Matching Rules"): there is none.
 */
const TOKENS = ['"([^"]|"")*"', "'([^']|'')*'", '--[^\\n\\r]*', '/\\*([^*]|\\*+[^*/])*\\*+/', `[^"'/-]+`, '.']
  .join('|')
  .replaceAll('(', '(?:');

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What changes where a literal ends: backslashes, dollar quotes. A parameter is `$1`. */
const OTHER_QUOTES = quoted('\\\\|\\$(?![0-9])');

/** A quote or a comment that nothing ends, and a comment in a comment. */
const UNSURE = `token IN ('"', '''') OR token LIKE '/*%/*%' OR token = '/' AND lead(token, 1, '') OVER (ORDER BY place) LIKE '*%'`;

/**
 * SQL: a statement in which `'...'` is every literal, and a space every comment. NULL where it is not sure what its
 * literals and comments are.
 */
export const withoutLiterals = (sql: string): string => `
  (SELECT CASE WHEN NOT bool_or(is_unsure) THEN string_agg(kept, '' ORDER BY place) END
   FROM (SELECT place, ${UNSURE} AS is_unsure,
                CASE WHEN token LIKE '''%' THEN '''...''' WHEN token ~ '^(--|/[*])' THEN ' ' ELSE token END AS kept
         FROM regexp_matches(${sql}, ${quoted(TOKENS)}, 'g') WITH ORDINALITY AS matched (parts, place),
              LATERAL (SELECT parts[1] AS token) AS t) AS tokens
   WHERE ${sql} !~ ${OTHER_QUOTES})`;
