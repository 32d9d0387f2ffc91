import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection } from '../../database/connection.ts';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { probeAnswers } from './claim-probes.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const answersTo = (...statements: string[]) =>
  withConnection(database.login, never, (connection) => probeAnswers(connection, statements));

test('an answer is the rows of the last statement, every value as its text', async () => {
  expect(await answersTo('SELECT 1 AS one; SELECT 2 AS two, NULL AS none')).toEqual([
    { state: 'answered', rows: [{ two: '2', none: null }] },
  ]);
});

test('what PostgreSQL refuses as it stands is told from what it could not carry out', async () => {
  const answers = await answersTo(
    'BEGIN',
    'SELECT missing',
    'SELECT 1',
    'ROLLBACK',
    'SET default_transaction_read_only = on',
    'CREATE TABLE refused ()',
    'SET statement_timeout = 1',
    'SELECT pg_sleep(60)',
  );
  expect(answers.map(({ state }) => state)).toEqual([
    'answered',
    'refused',
    'failed',
    'answered',
    'answered',
    'failed',
    'answered',
    'failed',
  ]);
  expect(answers[1]).toMatchObject({ message: 'column "missing" does not exist' });
  expect(answers[7]).toMatchObject({ message: 'canceling statement due to statement timeout' });
});
