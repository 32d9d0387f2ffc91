import { expect, inject, test } from 'vitest';
import { loginTo } from '../../tests/fixtures/test-server.fixture.ts';
import { applyWithin } from './apply-within.ts';
import { withConnection } from './connection.ts';

const { signal } = new AbortController();
const login = loginTo(inject('serverUrl'));

test('a statement that never ends is named with its place, also where the file has lifted the limit', async () => {
  const text = 'SET statement_timeout = 0;\nSELECT pg_sleep(3600);';
  await withConnection(login, signal, async (connection) => {
    await expect(applyWithin('100ms', connection, { path: 'schema', text })).rejects.toThrow(
      'schema:2:1: canceling statement due to statement timeout',
    );
  });
});

test('the limit holds for the session afterwards', async () => {
  await withConnection(login, signal, async (connection) => {
    await applyWithin('77s', connection, { path: 'schema', text: 'SET statement_timeout = 0' });
    const { rows } = await connection.query('SHOW statement_timeout');
    expect(rows).toEqual([{ statement_timeout: '77s' }]);
  });
});
