/** What an argument of a function is: text of the result, held against another argument, a word of PostgreSQL's own, or unknown. */
export type ArgumentRole = 'of the result' | 'compared' | 'structure' | 'unknown';

/** Functions whose result has the words of their arguments. */
const KEEPS_WORDS =
  /^(lower|upper|initcap|btrim|ltrim|rtrim|unaccent|concat|concat_ws|string_agg|like_escape|(plain|phrase|websearch_)?to_tsquery|to_tsvector)$/;

/** Functions that hold one argument against another one. */
const COMPARES =
  /^((strict_)?(word_)?similarity|levenshtein|starts_with|strpos|position|nullif|array_position)$/;

/** Functions that take a unit, a time zone, or the name of a sequence or setting first. */
const NAMES_FIRST =
  /^(date_trunc|date_part|date_bin|extract|timezone|nextval|currval|setval|current_setting)$/;

/** Functions that take a format second. */
const FORMATS_SECOND = /^to_(char|date|timestamp|number)$/;

/** Functions that take keys of a document after it. */
const KEYS_BEHIND = /^jsonb?_extract_path(_text)?$/;

/** Functions of text search. */
export const OF_TEXT_SEARCH = /ts(query|vector)$/;

/** The role of the argument at a place, from 0, of so many. */
export function argumentRole(name: string, at: number, count: number): ArgumentRole {
  const isConfiguration = OF_TEXT_SEARCH.test(name) && at === 0 && count > 1;
  const isName = (NAMES_FIRST.test(name) && at === 0) || (KEYS_BEHIND.test(name) && at > 0);
  if (isConfiguration || isName || (FORMATS_SECOND.test(name) && at === 1)) return 'structure';
  if (KEEPS_WORDS.test(name)) return 'of the result';
  return COMPARES.test(name) ? 'compared' : 'unknown';
}
