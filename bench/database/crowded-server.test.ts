import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHost, type Host } from '../../tests/fixtures/host.ts';
import { withConnection, withConnections, withSessions } from './connection.ts';
import type { Login } from './login.ts';
import { loginTo } from '../../tests/fixtures/test-server.fixture.ts';

const never = new AbortController().signal;

let host: Host;
beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

/** A role with ten sessions. */
const limited = (patienceMs: number): Login => ({
  ...loginTo(host.urlOf('limited'), 'postgres'),
  patienceMs,
});

/** Runs `use` while others hold this many of the role's sessions. */
const besides = <T>(count: number, use: () => Promise<T>): Promise<T> =>
  withConnections(limited(0), count, never, use);

const times = (count: number): Login[] => Array.from({ length: count }, () => limited(0));

test('where others hold sessions, as many as are free are opened, and none is held while waiting', async () => {
  await besides(6, async () => {
    const opened = await withSessions([times(8), times(4), times(1)], never, (connections) =>
      Promise.resolve(connections.length),
    );
    expect(opened).toBe(4);
  });
});

test('a session that others hold is waited for', async () => {
  let waiting: Promise<string> | undefined;
  await besides(10, async () => {
    waiting = withConnection(limited(60_000), never, () => Promise.resolve('opened'));
    await sleep(1500);
  });
  expect(await waiting).toBe('opened');
});

test('a session that others keep is not waited for without patience, and the error names the limits', async () => {
  await besides(10, async () => {
    await expect(withConnection(limited(0), never, () => Promise.resolve())).rejects.toMatchObject({
      detail: 'too many connections for role "limited"',
      remedy: expect.stringContaining('CONNECTION LIMIT') as string,
    });
  });
});

test('an interruption ends the waiting', async () => {
  const interruption = new AbortController();
  await besides(10, async () => {
    const waiting = withConnection(limited(600_000), interruption.signal, () => Promise.resolve());
    const ended = expect(waiting).rejects.toThrow();
    await sleep(500);
    interruption.abort(new Error('enough'));
    await ended;
  });
});

test("a database's own limit is not waited for: nobody else uses our databases", async () => {
  await host.asOwner(async (owner) => {
    await owner.query('CREATE DATABASE closed');
    await owner.query('ALTER DATABASE closed CONNECTION LIMIT 0');
  });
  const login = { ...loginTo(host.urlOf('guest'), 'closed'), patienceMs: 600_000 };
  await expect(withConnection(login, never, () => Promise.resolve())).rejects.toMatchObject({
    detail: 'too many connections for database "closed"',
  });
});
