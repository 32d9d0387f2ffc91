import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import { freshDatabase } from '../tests/fixtures/test-server.fixture.ts';
import { copyText } from './copy-stream.ts';
import { copyLine } from './copy-text.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  await withConnection(database.login, never, (connection) =>
    connection.query('CREATE TABLE texts (ordinal integer, value text)'),
  );
});
afterAll(() => database.drop());

const storable = (text: string) => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }).filter(storable),
  fc.string({
    unit: fc.constantFrom('\\', '\t', '\n', '\r', '\b', '\v', '\f', '.', 'N', 'é', '😀'),
    maxLength: 12,
  }),
);

test('any string, and NULL, is read back unchanged from a real server', async () => {
  const samples = fc.sample(fc.option(anyText), 2000);
  samples.push('\\N', '\\.', '', '\\', 'a\\tb');
  const stored = await withConnection(database.login, never, async (connection) => {
    const lines = samples.map((value, ordinal) => copyLine([ordinal, value]));
    await copyText(connection, 'COPY texts FROM STDIN', lines.join(''));
    const { rows } = await connection.query<{ value: string | null }>(
      'SELECT value FROM texts ORDER BY ordinal',
    );
    return rows.map(({ value }) => value);
  });
  expect(stored).toEqual(samples);
});

test('one row is one line, whatever it contains', () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1 }), (cells) => {
      const line = copyLine(cells);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(line.split('\t')).toHaveLength(cells.length);
    }),
  );
});

test('a value that is no cell is refused with the remedy', () => {
  const dates = [new Date(0)] as unknown as string[];
  expect(() => copyLine(dates)).toThrow('not a Date: give its toISOString()');
});

test('the one character that PostgreSQL cannot store is refused by name', () => {
  expect(() => copyLine(['a\0b'])).toThrow('U+0000');
});
