import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../tests/fixtures/test-server.fixture.ts';
import { askCatalog } from '../../../database/ask-catalog.ts';
import { withConnection } from '../../../database/connection.ts';
import { withoutLiterals } from './without-literals.ts';

let database: FreshDatabase;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database.drop());

const stripped = (...texts: string[]): Promise<(string | null)[]> =>
  withConnection(database.login, new AbortController().signal, async (connection) => {
    const query = `SELECT ${withoutLiterals('query')} AS sql FROM unnest($1::text[]) WITH ORDINALITY AS s (query, place) ORDER BY place`;
    return (await askCatalog<{ sql: string | null }>(connection, query, [texts])).map(({ sql }) => sql);
  });

/** What one kind of token or another begins or ends with, and what a literal or a comment is not to show. */
const INSIDE = ['MARKER', "''", '""', '--', '/ *', '* /', '-', '/', '*', '$1', ' ', 'é', '\t'];

/** A token's text, and what is to be left of it. */
type Token = readonly [text: string, left: string];

const tokens = (
  inside: readonly string[],
  text: (words: string) => string,
  left: (words: string) => string,
): fc.Arbitrary<Token> =>
  fc.array(fc.constantFrom(...inside), { maxLength: 6 }).map((words) => {
    const all = words.join('');
    return [text(all), left(all)];
  });

const token: fc.Arbitrary<Token> = fc.oneof(
  fc
    .constantFrom('a', '$1', '-', '/', '+', 'select', 'e', '(', '\n', '\r')
    .map((word): Token => [word, word]),
  tokens(
    [...INSIDE, '/*', '*/', "'", '\n'].filter((word) => word !== 'MARKER'),
    (words) => `"x${words}"`,
    (words) => `"x${words}"`,
  ),
  tokens(
    [...INSIDE, '/*', '*/', '"', '\n'],
    (words) => `'${words}'`,
    () => "'...'",
  ),
  tokens(
    [...INSIDE, '/*', '*/', '"', "'"],
    (words) => `--${words}\n`,
    () => ' \n',
  ),
  tokens(
    [...INSIDE, '"', "'", '\n'],
    (words) => `/*${words} */`,
    () => ' ',
  ).filter(([text]) => !/\/\*|\*\//.test(text.slice(2, -2))),
);

test('of any statement the names stay, and literals and comments do not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(token), { minLength: 20, maxLength: 20 }), async (statements) => {
      const texts = statements.map((all) => all.map(([text]) => text).join(' '));
      const left = statements.map((all) => all.map(([, kept]) => kept).join(' '));
      expect(await stripped(...texts)).toEqual(left.map((text) => (text === '' ? null : text)));
      expect(left.join('')).not.toContain('MARKER');
    }),
    { numRuns: 50 },
  );
});

test.each([
  [
    'a quoted name with a quote',
    `select 1 as "it's" where em <> 'MARKER' /* ticket x's */`,
    `select 1 as "it's" where em <> '...'  `,
  ],
  ['a quote that is doubled', `select 'it''s MARKER', "a""b'"`, `select '...', "a""b'"`],
  ['a comment to the end', 'select $1 -- MARKER', 'select $1  '],
  ['a comment that a carriage return ends', "select 1 --it's\r, 'MARKER'", "select 1  \r, '...'"],
  ['a comment behind an operator', "select 2 */*it's*/ 3 ---'\n - 'MARKER'", "select 2 *  3  \n - '...'"],
  ['a comment of stars', "select /***/ 1 /*/ ' **/ 'MARKER'", "select   1   '...'"],
])('%s is seen as PostgreSQL sees it', async (_what, text, left) => {
  expect(await stripped(text)).toEqual([left]);
});

test.each([
  ['a backslash', "select E'\\'MARKER'"],
  ['a dollar quote', "select $$it's MARKER$$"],
  ['a dollar quote with a tag', "select $é1$it's MARKER$é1$"],
  ['a comment in a comment', "select 1 /* a /* b */ MARKER's */"],
  ['a quote that nothing ends', "select 'MARKER"],
  ['a quoted name that nothing ends', 'select "a MARKER'],
  ['a comment that nothing ends', 'select 1 /* MARKER'],
])('a statement with %s is left out', async (_what, text) => {
  expect(await stripped(text)).toEqual([null]);
});
