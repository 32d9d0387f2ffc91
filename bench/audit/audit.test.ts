import { expect, test } from 'vitest';
import { auditDatabase } from './audit.ts';
import { execute, inDatabase, partOf, useFreshDatabase } from './audited-database.fixture.ts';

useFreshDatabase();

test('after all its statements only new, unused indexes are found', async () => {
  await execute(
    'CREATE TABLE parent (a int PRIMARY KEY)',
    'CREATE SCHEMA "Other Schema"',
    'CREATE TABLE "Other Schema"."T ""able" (id int PRIMARY KEY, "a;b" int REFERENCES parent, c int)',
    'CREATE INDEX "I 1" ON "Other Schema"."T ""able" (c)',
    'CREATE INDEX "I 2" ON "Other Schema"."T ""able" (c, id)',
    'INSERT INTO "Other Schema"."T ""able" SELECT n FROM generate_series(1, 1000) AS n',
  );
  const before = await inDatabase(auditDatabase);
  const statements = before.parts.flatMap((part) =>
    part.state === 'checked' && part.kind !== 'unused indexes'
      ? part.findings.map(({ statement }) => statement)
      : [],
  );
  expect(statements).toHaveLength(3);
  await execute(...statements);
  const after = await inDatabase(auditDatabase);
  expect(
    after.parts.flatMap((part) => (part.state === 'checked' && part.findings.length > 0 ? [part.kind] : [])),
  ).toEqual(['unused indexes']);
});

test('a statement is proposed once, and other parts refer to it', async () => {
  await execute('CREATE TABLE t (a int PRIMARY KEY)', 'CREATE INDEX again ON t (a)');
  const { parts } = await inDatabase(auditDatabase);
  const told = parts.flatMap((part) =>
    part.state === 'checked' ? part.findings.map(({ statement }) => `${part.kind}: ${statement}`) : [],
  );
  expect(told).toEqual(['redundant indexes: DROP INDEX CONCURRENTLY public.again;']);
  expect(parts).toContainEqual(
    expect.objectContaining({
      kind: 'unused indexes',
      notes: expect.arrayContaining(['Already listed under another heading: public.again.']) as string[],
    }),
  );
});

test('an audited session refuses every write', async () => {
  await inDatabase(async (connection) => {
    await auditDatabase(connection);
    await expect(connection.query('CREATE TABLE public.t ()')).rejects.toThrow(
      'cannot execute CREATE TABLE in a read-only transaction',
    );
  });
});

test('a locked table is not waited for, and reported as unchecked', async () => {
  await execute('CREATE TABLE t (a int PRIMARY KEY, b int)', 'CREATE INDEX ON t (b)');
  await inDatabase(async (other) => {
    await other.query('BEGIN; LOCK TABLE t; REINDEX TABLE t');
    expect(await partOf('unused indexes')).toEqual({
      kind: 'unused indexes',
      state: 'not checked',
      reason: 'PostgreSQL refuses it: canceling statement due to lock timeout',
    });
  });
});
