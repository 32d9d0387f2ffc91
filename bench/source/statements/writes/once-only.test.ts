import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { onlyStatement } from '../parameters/tree.ts';
import { isOnceOnly } from './once-only.ts';

beforeAll(() => loadModule());

const isOnce = (sql: string): boolean => {
  const statement = onlyStatement(sql);
  return statement !== undefined && isOnceOnly(statement);
};

test.each([
  'INSERT INTO t (a) VALUES ($1)',
  'DELETE FROM t WHERE a = $1',
  "UPDATE t SET state = 'done' WHERE id = $1 AND state = 'open'",
  "UPDATE t SET state = 'done' WHERE id = $1 AND state <> 'done'",
  "UPDATE t SET state = 'done', note = $2 WHERE id = $1",
  'UPDATE t SET gone = now() WHERE id = $1 AND gone IS NULL',
  'UPDATE t SET state = $1 WHERE id = $2 AND state = $3',
  'UPDATE t SET state = $1 WHERE id = $2 AND state <> $3',
  'UPDATE t SET version = version + 1 WHERE id = $1 AND version = $2',
  'UPDATE t SET gone = NULL WHERE id = $1 AND gone IS NOT NULL',
])('%s finds no row twice', (sql) => {
  expect(isOnce(sql)).toBe(true);
});

test.each([
  "UPDATE t SET state = $2 WHERE id = $1 AND state = 'open'",
  "UPDATE t SET note = $2 WHERE id = $1 AND state = 'open'",
  'UPDATE t SET note = $2 WHERE id = $1 AND gone IS NULL',
  'UPDATE t SET version = version + 1 WHERE id = $1',
])('%s may find a row again', (sql) => {
  expect(isOnce(sql)).toBe(false);
});
