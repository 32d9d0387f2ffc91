import { escapeLiteral } from 'pg';
import type { Locale } from '../model/locale.ts';
import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';

/** Columns have come and gone: the provider since 15, rules since 16, another name since 17. The row is read as JSON. */
export const LOCALE = `
  SELECT pg_encoding_to_char(encoding) AS encoding, datcollate AS collate, datctype AS ctype,
         CASE j ->> 'datlocprovider' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END AS provider,
         coalesce(j ->> 'datlocale', j ->> 'daticulocale') AS name, j ->> 'daticurules' AS rules
  FROM pg_database d CROSS JOIN LATERAL to_jsonb(d) AS j
  WHERE datname = current_database()`;

type Row = Record<'encoding' | 'collate' | 'ctype', string> &
  Pick<Locale, 'provider'> &
  Record<'name' | 'rules', string | null>;

/** How a session's database encodes and sorts text. */
export async function localeOf(connection: Connection): Promise<Locale> {
  const [row] = await askCatalog<Row>(connection, LOCALE);
  if (!row) throw new Error('A session has a database');
  const { name, rules, ...always } = row;
  return { ...always, ...(name !== null && { name }), ...(rules !== null && { rules }) };
}

/**
 * The locale itself, then those that come nearest where a server does not have it: the same language or the same order of
 * another provider. Byte order comes last, which every server has for every encoding.
 */
export function nearestLocales(locale: Locale): Locale[] {
  const { encoding, provider, collate, name = '' } = locale;
  const bytes: Locale = { encoding, provider: 'libc', collate: 'C', ctype: 'C' };
  const libc = (one: string): Locale => ({ ...bytes, collate: one, ctype: one });
  const other = (of: 'icu' | 'builtin', one: string): Locale => ({ ...bytes, provider: of, name: one });
  if (provider === 'builtin') return [locale, other('builtin', 'C.UTF-8'), libc('C.UTF-8'), bytes];
  if (provider === 'icu') return [locale, ...languageOf(name).map((one) => libc(`${one}.UTF-8`)), bytes];
  if (/^C\.utf-?8$/i.test(collate)) return [locale, other('builtin', 'C.UTF-8'), bytes];
  return [locale, ...languageOf(collate).map((one) => other('icu', one.replace('_', '-'))), bytes];
}

/** `en_US` of `en_US.UTF-8` and of `en-US-u-ks-level2`; none of `C`, `POSIX` and `und`. */
const languageOf = (name: string): string[] => {
  const [, language, country] = /^([a-z]{2})[-_]([A-Z]{2})\b/.exec(name) ?? [];
  return language === undefined || country === undefined ? [] : [`${language}_${country}`];
};

/** Options of CREATE DATABASE. Before 15 there is one provider, and no option for it. */
export function localeOptions(locale: Locale): string[] {
  const { encoding, provider, collate, ctype, name, rules } = locale;
  const text = (option: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${option} ${escapeLiteral(value)}`];
  const always = [
    ...text('ENCODING', encoding),
    ...text('LC_COLLATE', collate),
    ...text('LC_CTYPE', ctype),
  ].join(' ');
  const own =
    provider === 'icu'
      ? [...text('ICU_LOCALE', name), ...text('ICU_RULES', rules)]
      : text('BUILTIN_LOCALE', name);
  const chosen = [always, `LOCALE_PROVIDER ${provider}`, ...own].join(' ');
  return provider === 'libc' ? [chosen, always] : [chosen];
}

/**
 * Of CREATE DATABASE with a locale that the server does not have: no such locale of libc (42809) or of ICU (22023), a
 * provider that it was built without (0A000) or does not know (42P17), and an option that it does not know (42601).
 */
const LACKING = ['42809', '22023', '0A000', '42P17', '42601'];

export const isLackingLocale = (error: unknown): boolean =>
  LACKING.includes((error as { code?: string }).code ?? '');
