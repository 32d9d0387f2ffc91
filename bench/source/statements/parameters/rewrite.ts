import type { Node } from 'libpg-query';
import { placesIn, type Place } from './places.ts';
import { onlyStatement, type Held } from './tree.ts';
import type { Use } from './use.ts';

/** A list that PostgreSQL 18 has shortened has so many values here. */
const LIST_VALUES = 3;

const SHORTENED = /\$(\d+) \/\*, \.\.\. \*\//g;

/** `IN ($1, /* ... *\/)` of PostgreSQL 18 with several parameters instead of the comment. */
export function withWholeLists(sql: string): string {
  if (!SHORTENED.test(sql)) return sql;
  let next = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  return sql.replace(SHORTENED, (_, first: string) => {
    const others = Array.from({ length: LIST_VALUES - 1 }, () => `$${++next}`);
    return [`$${first}`, ...others].join(', ');
  });
}

const LOCKS =
  /\s*\bFOR\s+(NO\s+KEY\s+UPDATE|UPDATE|KEY\s+SHARE|SHARE)(\s+OF\s+"?\w+"?(\s*,\s*"?\w+"?)*)?(\s+NOWAIT|\s+SKIP\s+LOCKED)?/gi;

/** A read without its row locks, which would be writes. */
export const withoutLocks = (sql: string): string => sql.replace(LOCKS, '');

/** What a statement has in place of a `$n`. */
type Replacement = (use: Use | undefined) => string | undefined;

/**
 * The text with its constants written out and its other parameters numbered anew. The rest stays as it is.
 *
 * @param numbers of the parameters that remain, in the order of their new numbers
 */
export function rewritten(sql: string, uses: readonly Use[], numbers: readonly number[]): string {
  const byNumber = new Map(uses.map((use) => [use.number, use]));
  const textOf: Replacement = (use) => {
    if (!use) return undefined;
    if (use.kind === 'constant') return use.sql;
    return `$${numbers.indexOf(use.number) + 1}${use.cast === undefined ? '' : `::${use.cast}`}`;
  };
  return edited(sql, onlyStatement(sql), (place) => textOf(byNumber.get(place.number)));
}

/** The same statement with `$1::date` for `date $1`. */
export const withCastsBehind = (sql: string): string =>
  edited(sql, onlyStatement(sql), ({ number }) => `$${number}`);

function edited(
  sql: string,
  statement: Node | undefined,
  textOf: (place: Place) => string | undefined,
): string {
  const bytes = Buffer.from(sql);
  const places = new Map(placesIn(statement).map((place) => [place.location, place]));
  const parts: Buffer[] = [];
  let done = 0;
  for (const [location, place] of [...places].toSorted(([one], [other]) => one - other)) {
    const text = textOf(place);
    if (text === undefined) continue;
    const [token = ''] = /^\$\d+/.exec(bytes.subarray(location).toString()) ?? [];
    const type = text.startsWith('$') ? typeBefore(place) : undefined;
    const begin = type ?? location;
    const suffix = type === undefined ? '' : `::${bytes.subarray(type, location).toString().trim()}`;
    parts.push(bytes.subarray(done, begin), Buffer.from(`${text}${suffix}`));
    done = location + token.length;
  }
  return Buffer.concat([...parts, bytes.subarray(done)]).toString();
}

/**
 * Where the type of `date $1` begins. That is how pg_stat_statements prints `date '2026-01-31'`, and no server accepts
 * it. For `$1::date` the tree gives the place of the cast, for this one none.
 */
function typeBefore({ above: [nearest] }: Place): number | undefined {
  if (nearest?.kind !== 'TypeCast') return undefined;
  const { location, typeName } = nearest.node as Held<'TypeCast'>;
  return location === -1 ? typeName?.location : undefined;
}
