import fc from 'fast-check';
import { hostileText } from './hostile-text.fixture.ts';

/** The first statement of every file: its table exists if the file was applied. */
const MARKER = 'CREATE TABLE marker (i int)';

const SOUND = [
  'CREATE TABLE a (i int, t text)',
  'CREATE INDEX ON marker (i)',
  'INSERT INTO marker SELECT generate_series(1, 3)',
  'DO $$ BEGIN PERFORM 1; END $$',
  "DO $body$ BEGIN PERFORM ';$$'; END $body$",
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2'",
  "SELECT ';', E'\\';', $$;$$, \"i\" FROM marker -- ; comment",
  '/* a /* nested; */ comment */ SELECT 1',
  'SAVEPOINT s',
  'COPY marker TO STDOUT',
  "SELECT '😀é漢字 ة', U&'\\0441'",
  '',
];

const BROKEN = [
  'SELECT missing FROM marker',
  "SELECT '😀é漢字', missing",
  "\t\tSELECT\t'漢字',\t\tmissing",
  'CREATE TABLE marker (i int)',
  'SELEC 1',
  "SELECT 'open",
  'SELECT "open',
  'SELECT $tag$ open',
  '/* open',
  'SELECT $1',
  'SELECT 1/0',
  "SELECT 'x'::int",
  'ROLLBACK TO nowhere',
  '\\d marker',
  '\\copy marker from stdin',
  'COPY marker FROM STDIN;\n1\n2\n\\.\n',
  'VACUUM',
  'CREATE INDEX CONCURRENTLY ON marker (i)',
  'INSERT INTO marker VALUES (1) ON CONFLICT',
  "DO $$ BEGIN RAISE EXCEPTION E'two\\nlines' USING HINT = E'h\\r\\n\\x1b[2J'; END $$",
  'DO $$ BEGIN COMMIT; END $$',
  'CREATE TABLE d (i int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO d VALUES (1), (1)',
  `SELECT ${'('.repeat(2_000)}1`,
  `SELECT ${'('.repeat(30_000)}1${')'.repeat(30_000)}`,
  `SELECT 1${'+1'.repeat(30_000)}`,
  `SELECT '${'x'.repeat(1_000_000)}', missing`,
  `SELECT ${'(SELECT '.repeat(500)}1${')'.repeat(500)} missing missing`,
  'SELECT 1;'.repeat(300),
];

const REFUSED = [
  'BEGIN',
  'COMMIT',
  'END',
  'ROLLBACK',
  'ABORT',
  'START TRANSACTION',
  'COPY marker FROM STDIN',
];

const statement = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SOUND) },
  { weight: 3, arbitrary: fc.constantFrom(...BROKEN) },
  { weight: 1, arbitrary: fc.constantFrom(...REFUSED) },
  { weight: 1, arbitrary: hostileText },
);

/** Separators of statements, valid and invalid ones. */
const glue = fc.constantFrom(
  ';\n',
  ';\n',
  ';\n',
  ';',
  '\r\n;\r\n',
  ' ',
  ';\n-- \u202e 漢字\n',
  ';\0',
  '\ufeff;',
  ';;',
);

const joined = fc
  .array(fc.tuple(glue, statement), { minLength: 1, maxLength: 5 })
  .map((parts) => MARKER + parts.flat().join(''));

/** Valid statements: each runs once. */
const sound = fc
  .uniqueArray(fc.constantFrom(...SOUND), { maxLength: 8 })
  .map((statements) => [MARKER, ...statements].join(';\n'));

/** Several statements with a piece cut out, inserted or repeated at random. */
const damaged = fc
  .tuple(
    joined,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(20),
    fc.oneof(fc.constant(''), hostileText),
  )
  .map(([text, share, length, inserted]) => {
    const place = MARKER.length + Math.floor(share * (text.length - MARKER.length));
    return text.slice(0, place) + inserted + text.slice(place + length);
  });

export const sqlText: fc.Arbitrary<string> = fc.oneof(sound, joined, damaged);

/** Files as bytes: with a byte order mark, cut in the middle of a character, or not UTF-8 at all. */
export const sqlBytes: fc.Arbitrary<Buffer> = fc
  .tuple(sqlText, fc.constantFrom('', '\ufeff'), fc.constantFrom('utf8', 'latin1', 'utf16le'), fc.nat(5))
  .map(([text, mark, encoding, cut]) =>
    Buffer.from(mark + text, encoding as BufferEncoding).subarray(0, -cut || undefined),
  );
