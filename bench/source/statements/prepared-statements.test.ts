import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { factsOf, statementsIn } from '../../suite/statement-facts.ts';
import { MORE_SHAPES } from './more-shapes.fixture.ts';
import { observed, preparedInShop } from './prepared-in-shop.fixture.ts';
import { HARD, NORMALISED } from './shop.fixture.ts';
import type { Statements } from './source-statement.ts';

const { unchecked, prepared, rowsOf } = preparedInShop();
let all: Statements;
beforeAll(async () => {
  all = await prepared([...NORMALISED, ...HARD]);
});

const reasonFor = (fragment: string): string | undefined =>
  all.leftOut.find(({ sql }) => sql.includes(fragment))?.reason;

describe('30 normalised statements of varied shape', () => {
  test('are replayed but for those that are named', () => {
    expect(NORMALISED).toHaveLength(30);
    expect(all.leftOut.filter(({ sql }) => NORMALISED.includes(sql))).toEqual([]);
  });

  test('have keys that find rows', async () => {
    const reads = all.replayable.filter((item) => item.kind === 'read');
    expect(reads.length).toBeGreaterThan(25);
    for (const { sql, key } of reads) {
      const [values] = await rowsOf(key?.sql ?? '');
      expect((await rowsOf(sql, values)).length, sql).toBeGreaterThan(0);
    }
  });

  test('have one key for each parameter, and ids and titles of their own', () => {
    for (const item of all.replayable) {
      const facts = factsOf(item.sql);
      if (item.kind === 'read') expect(factsOf(item.key?.sql ?? '')?.columns).toBe(facts?.parameters);
      expect(item.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
    expect(new Set(all.replayable.map(({ id }) => id)).size).toBe(all.replayable.length);
    expect(new Set(all.replayable.map(({ title }) => title)).size).toBe(all.replayable.length);
  });

  test('keep their share of the time, and their calls', () => {
    const sum = [...all.replayable, ...all.leftOut].reduce((total, { share }) => total + share, 0);
    const calls = all.replayable.reduce((total, { weight }) => total + weight, 0);
    expect(sum).toBeCloseTo(1);
    expect(calls).toBeCloseTo(30 * 60);
  });

  test('are left out with the reason where they cannot be replayed', () => {
    expect(reasonFor('my_function')).toBe('nothing tells the values of $1 in my_function(name, $1)');
    expect(reasonFor('FROM tenants')).toBe('tenants is not carried over');
    expect(reasonFor('pg_class')).toBe("it reads PostgreSQL's catalogs");
    expect(reasonFor('no_such_table')).toBe('the database has no table no_such_table');
    expect(reasonFor('nextval')).toBe('it calls nextval()');
    expect(reasonFor('moved')).toBe('its WITH clause writes');
    expect(reasonFor('VACUUM')).toBe('it is a utility statement');
    expect(reasonFor('<insufficient')).toBe(
      'its text is hidden: the role that reads it needs pg_read_all_stats',
    );
    expect(reasonFor("= 'nobody'")).toBe('no row has values for its parameters');
    expect(reasonFor('no_such_column')).toBe('PostgreSQL: column "no_such_column" does not exist');
  });
});

test('what object mappers and reports send can be replayed', async () => {
  const { replayable, leftOut } = await prepared(MORE_SHAPES);
  expect(leftOut).toEqual([]);
  expect(replayable.length).toBeGreaterThanOrEqual(MORE_SHAPES.length);
});

test('a statement on none of the touched tables is taken when it is one of the ten dearest', async () => {
  const sqls = Array.from({ length: 12 }, (_, place) => `SELECT ${'id, '.repeat(place)} id FROM events`);
  const { replayable, leftOut } = await unchecked(sqls.map(observed), []);
  expect([replayable.length, leftOut.length]).toEqual([10, 2]);
});

test('what acts on the server, or waits, is left out of reads and of writes', async () => {
  const sqls = [
    'SELECT pg_terminate_backend(pg_backend_pid()), id FROM orders',
    'UPDATE orders SET note = note WHERE id = 4 RETURNING pg_sleep(1)',
  ];
  const { leftOut } = await unchecked(sqls.map(observed), []);
  expect(leftOut.map(({ reason }) => reason)).toEqual([
    'it calls pg_terminate_backend()',
    'it calls pg_sleep()',
  ]);
});

test('any text of a statement around its parameters is kept', async () => {
  const parts = fc.constantFrom(' /* é */', ' -- 漢字\n', " AND name <> 'ü $9'", ' AND true', '\n');
  await fc.assert(
    fc.asyncProperty(fc.array(parts), fc.array(parts), async (before, after) => {
      const text = (first: string, second: string): string =>
        `SELECT * FROM customers WHERE id = ${first}${before.join('')} AND signed_up > ${second}${after.join('')}`;
      const { replayable } = await unchecked([observed(text('$7', 'date $3'))], []);
      expect(replayable[0]?.sql).toBe(text('$2', '$1::date'));
      expect(statementsIn(replayable[0]?.sql ?? '')).toHaveLength(1);
    }),
    { numRuns: 20 },
  );
});
