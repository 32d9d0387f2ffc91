import { expect, inject, test, vi } from 'vitest';
import { loginTo } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from './connection.ts';

const { signal } = new AbortController();
const login = loginTo(inject('serverUrl'));

test('a statement that is under way when the signal aborts is cancelled in the server', async () => {
  const interruption = new AbortController();
  let backend = 0;
  const sleeping = withConnection(login, interruption.signal, async (connection) => {
    const { rows } = await connection.query<{ id: number }>('SELECT pg_backend_pid() AS id');
    backend = Number(rows[0]?.id);
    await connection.query('SELECT pg_sleep(600)');
  });
  sleeping.catch(() => undefined);
  await withConnection(login, signal, async (connection) => {
    const statesOf = async (): Promise<string[]> => {
      const { rows } = await connection.query<{ state: string }>(
        'SELECT state FROM pg_stat_activity WHERE pid = $1',
        [backend],
      );
      return rows.map(({ state }) => state);
    };
    await vi.waitFor(
      async () => {
        expect(await statesOf()).toEqual(['active']);
      },
      { timeout: 10_000 },
    );
    interruption.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow();
    await vi.waitFor(
      async () => {
        expect(await statesOf()).toEqual([]);
      },
      { timeout: 10_000 },
    );
  });
});
