import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import { attempt } from './attempt.ts';

const { signal } = new AbortController();

let database: FreshDatabase;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database.drop());

test('what takes too long ends, and the transaction goes on', () =>
  withConnection(database.login, signal, async (connection) => {
    await connection.query('BEGIN READ ONLY');
    const sleeping = await attempt(connection, { statement_timeout: '10ms' }, () =>
      connection.query('SELECT pg_sleep(60)'),
    );
    expect(sleeping).toEqual({ state: 'too long' });
    const refused = await attempt(connection, {}, () => connection.query('SELECT * FROM nothing'));
    expect(refused).toEqual({ state: 'refused', message: 'relation "nothing" does not exist' });
    const { rows } = await connection.query('SHOW statement_timeout');
    expect(rows).not.toEqual([{ statement_timeout: '10ms' }]);
  }));
