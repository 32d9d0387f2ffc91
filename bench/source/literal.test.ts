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

const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\x1b[2J',
      '\x9b',
      '\x7f',
      '\b',
      '\t',
      '\n',
      '\r',
      '\u202e',
      '\u2029',
      '\ud800',
      '\u{e0001}',
    ),
    fc.constantFrom('`', '\\', '0', 'a'),
  ),
});

test('what cannot be seen is written as an escape', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const written = literal({ [text]: text });
      expect(written).not.toMatch(INVISIBLE);
      expect(read(written)).toEqual({ [text]: text });
    }),
  );
});

test('a comment has nothing that cannot be seen', () => {
  fc.assert(
    fc.property(anyText, (line) => {
      expect(literal([new Commented([line], 1)])).not.toMatch(INVISIBLE);
    }),
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
