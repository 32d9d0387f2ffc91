import { afterEach, expect, test } from 'vitest';
import { testSite } from '../../tests/fixtures/test-server.fixture.ts';
import type { Locale } from '../model/locale.ts';
import { withConnection } from './connection.ts';
import { cloneDatabase, createDatabase, dropDatabase } from './databases.ts';
import { localeOf, nearestLocales } from './locale.ts';
import { databaseName } from './server.ts';

const site = testSite();
const [original, copy] = ['original', 'copy'].map((role) => databaseName(site.server, role)) as [
  string,
  string,
];

afterEach(async () => {
  for (const name of [original, copy]) await dropDatabase(site, name);
});

const bytes: Locale = { encoding: 'UTF8', provider: 'libc', collate: 'C', ctype: 'C' };

/** What a copy of a database has that was made with this locale, and whether an index serves LIKE with a prefix there. */
async function madeWith(locale: Locale): Promise<{ locale: Locale; servesLike: boolean }> {
  await createDatabase(site, original, locale);
  await cloneDatabase(site, original, copy);
  return withConnection(site.server.owner(copy), site.signal, async (connection) => {
    await connection.query('CREATE TABLE t (a text); CREATE INDEX ON t (a); SET enable_seqscan = off');
    await connection.query('SET enable_bitmapscan = off');
    const { rows } = await connection.query("EXPLAIN SELECT FROM t WHERE a LIKE 'a%'");
    return { locale: await localeOf(connection), servesLike: JSON.stringify(rows).includes('Index Cond') };
  });
}

test.each<[string, Locale, boolean]>([
  ['an encoding of one byte', { ...bytes, encoding: 'LATIN1' }, true],
  ['the letters of Unicode by libc', { ...bytes, collate: 'C.UTF-8', ctype: 'C.UTF-8' }, false],
  ['the letters of Unicode by PostgreSQL', { ...bytes, provider: 'builtin', name: 'C.UTF-8' }, true],
  ['a language of ICU and rules', { ...bytes, provider: 'icu', name: 'de-DE', rules: '&a < g' }, false],
])('a database is made with %s, and so is its copy', async (_, locale, servesLike) => {
  expect(await madeWith(locale)).toEqual({ locale, servesLike });
});

test('a locale that the server does not have is that of the same language, or the order of bytes', async () => {
  const missing: Locale = { ...bytes, collate: 'de_XX.UTF-8', ctype: 'de_XX.UTF-8' };
  expect(await madeWith(missing)).toEqual({
    locale: { ...bytes, provider: 'icu', name: 'de-XX' },
    servesLike: false,
  });
  await Promise.all([original, copy].map((name) => dropDatabase(site, name)));
  const ofOneByte: Locale = { ...bytes, encoding: 'EUC_JP', collate: 'ja_XX.eucjp', ctype: 'ja_XX.eucjp' };
  expect((await madeWith(ofOneByte)).locale.encoding).toBe('EUC_JP');
});

test.each<[Partial<Locale>, string[]]>([
  [{ collate: 'C' }, ['C', 'C']],
  [{ collate: 'C.utf8' }, ['C.utf8', 'C.UTF-8', 'C']],
  [{ collate: 'en_US.UTF-8' }, ['en_US.UTF-8', 'en-US', 'C']],
  [{ provider: 'icu', name: 'de-DE-u-ks-level2' }, ['de-DE-u-ks-level2', 'de_DE.UTF-8', 'C']],
  [{ provider: 'icu', name: 'und' }, ['und', 'C']],
])('nearest to %j are %j', (locale, names) => {
  expect(nearestLocales({ ...bytes, ...locale }).map(({ name, collate }) => name ?? collate)).toEqual(names);
});
