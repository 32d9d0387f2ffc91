import { expect, test } from 'vitest';
import { localeIn } from './dump-locale.ts';

const LATIN = { encoding: 'LATIN1', provider: 'libc', collate: 'de_DE', ctype: 'de_DE' };

test.each([
  [
    "shop WITH TEMPLATE = template0 ENCODING = 'LATIN1' LC_COLLATE = 'C' LC_CTYPE = 'de_DE'",
    { ...LATIN, collate: 'C' },
  ],
  ["shop WITH TEMPLATE = template0 ENCODING = 'LATIN1' LOCALE = 'de_DE'", LATIN],
  [
    `"a ""b"" c" WITH TEMPLATE = template0 ENCODING = 'LATIN1' LOCALE_PROVIDER = libc LOCALE = 'de_DE' TABLESPACE = fast`,
    LATIN,
  ],
  [
    `shop WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = icu LOCALE = 'C' ICU_LOCALE = 'de-DE' ICU_RULES = '&a < ''b;'`,
    { encoding: 'UTF8', provider: 'icu', collate: 'C', ctype: 'C', name: 'de-DE', rules: "&a < 'b;" },
  ],
  [
    "shop WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = builtin LOCALE = 'C' BUILTIN_LOCALE = 'C.UTF-8'",
    { encoding: 'UTF8', provider: 'builtin', collate: 'C', ctype: 'C', name: 'C.UTF-8' },
  ],
])('CREATE DATABASE %s tells the locale', (text, locale) => {
  expect(localeIn(`SET row_security = off;\n\nCREATE DATABASE ${text};\n\n\\connect shop\n`)).toEqual(locale);
});

test('a dump that creates no database, or is read up to the middle of that, tells none', () => {
  expect(localeIn('CREATE TABLE orders (id integer);\n')).toBeUndefined();
  expect(
    localeIn("CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'LATIN1' LOCALE = 'de_DE'"),
  ).toBeUndefined();
});
