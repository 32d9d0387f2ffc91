/** Of an argument of a function: its name, the place among the arguments from 0. */
export const ARGUMENTS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  date_trunc: { 0: "'day'", 2: "'UTC'" },
  extract: { 0: 'year' },
  date_part: { 0: "'year'" },
  date_bin: { 0: "interval '1 hour'", 2: "timestamp '2000-01-01'" },
  timezone: { 0: "'UTC'" },
  to_char: { 1: "'YYYY-MM-DD'" },
  to_date: { 1: "'YYYY-MM-DD'" },
  to_timestamp: { 1: "'YYYY-MM-DD'" },
  to_tsvector: { 0: "'english'" },
  setweight: { 1: "'A'" },
  like_escape: { 1: "'\\'" },
  string_agg: { 1: "', '" },
  array_to_string: { 1: "', '" },
  split_part: { 1: "' '", 2: '1' },
  concat_ws: { 0: "' '" },
  round: { 1: '2' },
  trunc: { 1: '2' },
  array_append: { 1: "'a'" },
  array_remove: { 1: "'a'" },
  jsonb_set: { 1: "'{a}'", 2: "'1'" },
  percentile_cont: { 0: '0.5' },
  percentile_disc: { 0: '0.5' },
  left: { 1: '3' },
  right: { 1: '3' },
  substring: { 1: '1', 2: '3' },
  substr: { 1: '1', 2: '3' },
  lpad: { 1: '10', 2: "' '" },
  rpad: { 1: '10', 2: "' '" },
};

/** Functions of any number of arguments, all alike. */
export const EVERY_ARGUMENT: Readonly<Record<string, string>> = {
  concat: "' '",
  jsonb_build_object: "'a'",
  json_build_object: "'a'",
};

/** Its first argument of two is the text search configuration. */
export const SEARCHES = /^(to_tsvector|(plain|phrase|websearch_)?to_tsquery|ts_headline)$/;
