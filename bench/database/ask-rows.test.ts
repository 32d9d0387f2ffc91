import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { askingOnce, askRows } from './ask-rows.ts';
import { withConnection } from './connection.ts';

const never = new AbortController().signal;
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('a question is asked once, one that fails again', () =>
  withConnection(database.login, never, async (connection) => {
    const ask = askingOnce();
    await expect(ask(connection, 'SELECT n FROM asked')).rejects.toThrow('does not exist');
    await connection.query('CREATE TABLE asked AS SELECT $1::integer AS n', [1]);
    expect(await ask(connection, 'SELECT n FROM asked')).toEqual([['1']]);
    await connection.query('UPDATE asked SET n = 2');
    expect(await ask(connection, 'SELECT n FROM asked')).toEqual([['1']]);
    expect(await ask(connection, 'SELECT n FROM asked WHERE n >= $1', ['1'])).toEqual([['2']]);
    expect(await askRows(connection, 'SELECT n FROM asked')).toEqual([['2']]);
  }));
