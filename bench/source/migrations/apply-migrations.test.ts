import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import { RunError } from '../../model/errors.ts';
import { applyMigrations } from './apply-migrations.ts';
import type { Migration } from './migration.ts';
import { prisma } from './tools/prisma.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

const apply = (texts: readonly string[], other: Partial<Migration> = {}) =>
  withConnection(database.login, new AbortController().signal, (connection) =>
    applyMigrations(connection, {
      tool: prisma,
      schema: texts.map((text, at) => ({
        name: `0${at}_step`,
        up: { path: `m/0${at}.sql`, text },
        ...other,
      })),
    }),
  );

async function failureOf(...asked: Parameters<typeof apply>): Promise<RunError> {
  const error: unknown = await apply(...asked).catch((caught: unknown) => caught);
  if (!(error instanceof RunError)) throw new Error(`expected a RunError, got ${String(error)}`);
  return error;
}

const TABLE = 'CREATE TABLE orders (id integer NOT NULL, state text);';

test('a migration of rows is applied to tables without any', async () => {
  await expect(apply([TABLE, `UPDATE orders SET state = 'open';`])).resolves.toBeUndefined();
});

test.each([
  'INSERT INTO orders VALUES ((SELECT min(id) FROM orders));',
  `DO $$ BEGIN IF NOT EXISTS (SELECT FROM orders) THEN RAISE 'no orders'; END IF; END $$;`,
  'ALTER TABLE orders ADD UNIQUE (id); ALTER TABLE orders ADD parent integer REFERENCES orders (id); INSERT INTO orders VALUES (2, NULL, 1);',
])('one that fails without rows says so, with its name: %s', async (text) => {
  const { message, detail } = await failureOf([TABLE, text]);
  expect(message).toMatch(/^m\/01\.sql:1:\d+: /);
  expect(detail).toMatch(/\n {2}01_step seems to need rows: /);
});

test("one that needs the tool's own table says so, with its name", async () => {
  const { message, detail } = await failureOf([TABLE, 'DELETE FROM _prisma_migrations;']);
  expect(message).toBe('m/01.sql:1:13: relation "_prisma_migrations" does not exist');
  expect(detail).toContain(
    '\n  01_step needs _prisma_migrations, which Prisma Migrate makes for itself: no migration does',
  );
});

test('one that only the tool can carry out is named', async () => {
  const { message, detail } = await failureOf([TABLE], { refusal: 'it is written in Go' });
  expect([message, detail]).toEqual(['00_step cannot be applied: it is written in Go', '  in m/00.sql']);
});

test('an ordinary mistake is shown as it is', async () => {
  const { message, detail } = await failureOf(['CREATE INDEX ON orders (id);']);
  expect(message).toBe('m/00.sql:1:1: relation "orders" does not exist');
  expect(detail).not.toContain('00_step');
});
