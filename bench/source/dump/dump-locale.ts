import type { Locale } from '../../model/locale.ts';
import type { LeftOut } from '../../model/source.ts';

const NAME = String.raw`(?:"(?:[^"]|"")*"|[^\s"]+)`;
const OPTION = String.raw`([A-Z_]+) = (?:'((?:[^']|'')*)'|(\w+))`;

/** As pg_dump writes it; the tablespace comes last. */
const CREATE_DATABASE = new RegExp(String.raw`^CREATE DATABASE ${NAME} WITH((?:\s+${OPTION})+)[^;]*;`, 'm');

/**
 * The locale of the database that a dump as SQL creates (PostgreSQL, src/bin/pg_dump/pg_dump.c, dumpDatabase): LOCALE
 * stands for two options since 13, the provider is there since 15.
 *
 * @returns undefined where it creates none
 */
export function localeIn(sql: string): Locale | undefined {
  const [, options = ''] = CREATE_DATABASE.exec(sql) ?? [];
  const values = new Map(
    [...options.matchAll(new RegExp(OPTION, 'g'))].map(([, option = '', quoted, word = '']) => [
      option,
      quoted?.replaceAll("''", "'") ?? word,
    ]),
  );
  const encoding = values.get('ENCODING');
  const collate = values.get('LC_COLLATE') ?? values.get('LOCALE');
  const ctype = values.get('LC_CTYPE') ?? values.get('LOCALE');
  if (encoding === undefined || collate === undefined || ctype === undefined) return undefined;
  const name = values.get('ICU_LOCALE') ?? values.get('BUILTIN_LOCALE');
  const rules = values.get('ICU_RULES');
  return {
    ...{ encoding, collate, ctype, provider: providerIn(values.get('LOCALE_PROVIDER')) },
    ...(name !== undefined && { name }),
    ...(rules !== undefined && { rules }),
  };
}

const providerIn = (word: string | undefined): Locale['provider'] =>
  word === 'icu' || word === 'builtin' ? word : 'libc';

/** What is said where a dump creates no database. */
export const UNKNOWN_LOCALE: LeftOut = {
  object: 'encoding and collation',
  reason: 'the dump has no CREATE DATABASE that tells them; UTF8 in byte order is taken',
};
