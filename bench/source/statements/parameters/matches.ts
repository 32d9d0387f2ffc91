import type { Node } from 'libpg-query';
import type { ScopeColumns } from './columns.ts';
import { numbersIn, placesIn } from './places.ts';
import { as, lastName } from './tree.ts';
import { itself, type Template, type Use } from './use.ts';

/** Operators whose right side is made of a value, and is not one: patterns, queries, parts of a document. */
export const MATCHES = new Set([
  ...['~~', '~~*', '!~~', '!~~*', '~', '~*', '!~', '!~*', '@@', '@@@'],
  ...['@>', '?', '?|', '?&', '@?'],
]);

/** Letters of a value that a pattern has. */
const PREFIX_LETTERS = 3;

/** What has to stand in the statement so that rows match. */
export function matchUses(operator: string, data: Node, value: Node, columns: ScopeColumns): Use[] {
  const numbers = [...numbersIn(value, 'this level')];
  const [number] = numbers;
  if (number === undefined) return [];
  if (operator.startsWith('!'))
    return numbers.map((each) => ({
      kind: 'constant',
      number: each,
      sql: "'zzz'",
      what: 'a pattern that no row has',
    }));
  if (operator.startsWith('~~')) return likeUses(data, value, numbers);
  if (operator.startsWith('~'))
    return [{ ...row(number, data, 'a pattern: the beginning of a value'), value: regexpOf }];
  if (operator.startsWith('@@')) return [queryUse(data, value)];
  const elements = as('A_ArrayExpr', value)?.elements;
  if (operator === '@>' && elements) return elementUses(data, elements);
  if (operator === '@>') return [{ ...row(number, data, 'a part of a value'), value: partOf(data, columns) }];
  if (operator === '@?')
    return [{ ...row(number, data, 'a path to a key'), value: (json) => `'$.' || ${keyOf(json)}` }];
  const key = { kind: 'json key' as const, number, of: data };
  return [operator === '?' ? { ...key, value: itself } : { ...key, value: (name) => `ARRAY[${name}]` }];
}

/** `tags @> ARRAY[$1, $2]` */
const elementUses = (data: Node, elements: readonly Node[]): Use[] =>
  elements.flatMap((element, place) =>
    [...numbersIn(element, 'this level')].map((number) => ({
      ...row(number, data, 'an element of a row'),
      value: (array: string) => `coalesce((${array})[${place + 1}], (${array})[1])`,
    })),
  );

const row = (number: number, of: Node, what: string) => ({ kind: 'row' as const, number, of, what });

const lettersOf = (value: string): string => `left((${value})::text, ${PREFIX_LETTERS})`;
const prefixOf: Template = (value) => `regexp_replace(${lettersOf(value)}, '([\\\\%_])', '\\\\\\1', 'g')`;
const regexpOf: Template = (value) => `'^' || regexp_replace(${lettersOf(value)}, '(\\W)', '\\\\\\1', 'g')`;

/** A pattern that is put together in the statement has its `%` there: `$1 || $2`, `$1 || lower($2) || $3`. */
function likeUses(data: Node, value: Node, numbers: readonly number[]): Use[] {
  const isPutTogether = lastName(as('A_Expr', value)?.name) === '||' || as('FuncCall', value) !== undefined;
  const inOrder = placesIn(value, 'this level')
    .toSorted((one, other) => one.location - other.location)
    .map(({ number }) => number);
  const letters = isPutTogether && numbers.length === 3 ? inOrder[1] : inOrder[0];
  const what = 'a pattern: the first letters of a value';
  return numbers.map((number) => {
    if (number !== letters) return { kind: 'constant', number, sql: "'%'", what: 'an end of a pattern' };
    const pattern: Template = isPutTogether ? prefixOf : (text) => `${prefixOf(text)} || '%'`;
    return { ...row(number, data, what), value: pattern };
  });
}

/** The word of a text search; a configuration before it is a constant. */
function queryUse(data: Node, value: Node): Use {
  const places = placesIn(value, 'this level').toSorted((one, other) => one.location - other.location);
  const number = places.at(-1)?.number ?? 0;
  const call = as('FuncCall', value);
  const isPlain = call !== undefined && !/^to_tsquery$/.test(lastName(call.funcname));
  const word = (vector: string): string => `(tsvector_to_array(${vector}))[1]`;
  const quoted: Template = (vector) => `'''' || replace(${word(vector)}, '''', '''''') || ''''`;
  return { ...row(number, data, 'a word of a row'), value: isPlain ? word : quoted };
}

/** What `@>` finds: one pair of a JSON object, one element of an array, the lower end of a range. */
function partOf(data: Node, columns: ScopeColumns): Template {
  const type = columns.find(data)?.column.type ?? '';
  if (type.endsWith('[]')) return (array) => `(${array})[1:1]`;
  if (type.endsWith('range')) return (range) => `lower(${range})`;
  return (json) => `(SELECT jsonb_build_object(key, value) FROM jsonb_each(${objectOf(json)}) LIMIT 1)`;
}

const keyOf = (json: string): string =>
  `(SELECT key FROM jsonb_object_keys(${objectOf(json)}) AS key LIMIT 1)`;

/** An array or a scalar has no keys. */
const objectOf = (json: string): string =>
  `CASE jsonb_typeof((${json})::jsonb) WHEN 'object' THEN (${json})::jsonb END`;
