import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Code, Commented, literal } from './literal.ts';

/** As JavaScript reads it. */
const read = (text: string): unknown => runInThisContext(`(${text})`) as unknown;

test('what is written is read again as the same value, whatever it holds', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(read(literal(value))).toEqual(value);
    }),
  );
});

test('a text is read again as it was, whatever characters it has', () => {
  const parts = fc.constantFrom(
    '`',
    '${',
    '\\',
    '\n',
    "'",
    '"',
    '*/',
    '//',
    '\u2028',
    '\r',
    '\0',
    'x',
    '$',
    '{',
  );
  fc.assert(
    fc.property(
      fc.array(parts).map((all) => all.join('')),
      (text) => {
        expect(read(literal(text))).toBe(text);
      },
    ),
  );
});

test('a comment ends with its line, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\u2028', '*/', '`') }), (line) => {
      expect(read(literal([new Commented([line], 1)]))).toEqual([1]);
    }),
  );
});

test('short values stay on a line, SQL of several lines is a template, and a comment stands above', () => {
  const sql = 'SELECT *\nFROM t';
  expect(
    literal({ id: 'a-b', rows: 2, of: [new Commented(['why'], { sql })], draw: new Code('drawRow') }),
  ).toBe(
    `{
  id: "a-b",
  rows: 2,
  of: [
    // why
    {
      sql: \`SELECT *
FROM t\`,
    },
  ],
  draw: drawRow,
}`,
  );
});
