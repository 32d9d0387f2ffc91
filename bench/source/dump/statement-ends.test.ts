import { expect, test } from 'vitest';
import { statementsOf } from '../../database/sql-file.ts';
import { everyKind } from '../schema/rebuilding.fixture.ts';
import { StatementEnds } from './statement-ends.ts';

/** Statements as the scanner ends them, line by line. */
function split(sql: string): string[] {
  const ends = new StatementEnds();
  const found: string[] = [];
  let begun = '';
  for (const line of sql.split(/(?<=\n)/)) {
    let from = 0;
    for (const end of ends.in(line)) {
      found.push(begun + line.slice(from, end));
      [begun, from] = ['', end];
    }
    begun += line.slice(from);
  }
  return begun.trim() === '' ? found : [...found, begun];
}

const withoutComments = (sql: string): string => sql.replace(/^(?:\s+|--[^\n]*\n)+/, '').replace(/;$/, '');

test("statements of every kind end where PostgreSQL's parser ends them", async () => {
  const text = everyKind(18);
  const parsed = await statementsOf({ path: 'every-kind.sql', text });
  expect(parsed.length).toBeGreaterThan(100);
  expect(split(text).map(withoutComments)).toEqual(parsed.map((one) => withoutComments(one.text)));
});

test.each([
  ['a semicolon in a text', "SELECT 'a;b';", 1],
  ['a doubled quote', "SELECT 'it''s;'; SELECT 1;", 2],
  ['an escaped quote', String.raw`SELECT E'it\';s \\'; SELECT e'a''\';b';`, 2],
  ['an escape that is none', String.raw`SELECT 'a\'; SELECT 1;`, 2],
  ['a name', 'SELECT ";" FROM "a""b;";', 1],
  ['a tag', 'SELECT $a$ ; $b$ ; $$ $a$; SELECT $$;$$;', 2],
  ['a parameter, and a name with a dollar', 'SELECT $1, a$b$ FROM c; SELECT 1;', 2],
  ['a comment', 'SELECT 1 -- ;\n; SELECT 2;', 2],
  ['a comment in a comment', 'SELECT 1 /* ; /* ; */ ; */; SELECT 2;', 2],
  ['parentheses', 'CREATE RULE r AS ON UPDATE TO t DO ALSO (DELETE FROM a; SELECT 1);', 1],
  [
    'a body with CASE',
    'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC\n SELECT CASE WHEN true THEN 1 END;\n SELECT 2;\nEND;',
    1,
  ],
  ['a transaction', 'BEGIN; SELECT 1; END;', 3],
])('%s does not end a statement early', (_, sql, count) => {
  expect(split(sql)).toHaveLength(count);
});
