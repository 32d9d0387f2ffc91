import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHost, type Host } from '../../tests/fixtures/host.ts';
import { withConnection, type Connection } from './connection.ts';
import { createDatabase, dropDatabase } from './databases.ts';
import type { Site } from './server.ts';
import { loginTo, siteOf } from '../../tests/fixtures/test-server.fixture.ts';

const never = new AbortController().signal;

/**
 * Autovacuum never finishes in this database: every change exceeds its threshold, and each page takes a tenth of a
 * second.
 */
const RESTLESS = {
  autovacuum: 'on',
  autovacuum_naptime: '1s',
  autovacuum_max_workers: '8',
  autovacuum_vacuum_threshold: '0',
  autovacuum_vacuum_scale_factor: '0',
  autovacuum_vacuum_insert_threshold: '0',
  autovacuum_vacuum_insert_scale_factor: '0',
  autovacuum_vacuum_cost_delay: '100ms',
  autovacuum_vacuum_cost_limit: '1',
};

let host: Host;
let site: Site;
beforeAll(async () => {
  host = await startHost(RESTLESS);
  site = siteOf((database = 'postgres') => loginTo(host.urlOf('guest'), database));
});
afterAll(() => host.stop());

const inside = <T>(name: string, use: (guest: Connection) => Promise<T>): Promise<T> =>
  withConnection(loginTo(host.urlOf('guest'), name), never, use);

const exists = async (name: string): Promise<boolean> => (await host.databases()).includes(name);

/** Waits until autovacuum is at work in a database. */
async function untilVacuumed(name: string): Promise<void> {
  const workers = () =>
    host.asOwner((owner) =>
      owner.query(
        `SELECT FROM pg_stat_activity WHERE datname = '${name}' AND backend_type = 'autovacuum worker'`,
      ),
    );
  while ((await workers()).rowCount === 0) await sleep(20);
}

test('a role without superuser drops its database while autovacuum is at work in it', async () => {
  await createDatabase(site, 'vacuumed');
  await inside('vacuumed', (guest) =>
    guest.query('CREATE TABLE t AS SELECT i FROM generate_series(1, 200000) i; DELETE FROM t; ANALYZE'),
  );
  await untilVacuumed('vacuumed');
  await dropDatabase(site, 'vacuumed');
  expect(await exists('vacuumed')).toBe(false);
});

test('a database that another session uses is dropped when that session ends', async () => {
  await createDatabase(site, 'watched');
  const [dropped] = await withConnection(loginTo(host.url, 'watched'), never, async (somebody) => {
    await somebody.query('SELECT');
    const dropping = dropDatabase(site, 'watched');
    // Longer than one DROP DATABASE waits by itself.
    await Promise.race([dropping, sleep(6000)]);
    return [dropping];
  });
  await dropped;
  expect(await exists('watched')).toBe(false);
});

test('a session of the same role does not keep a database', async () => {
  await createDatabase(site, 'mine');
  const session = inside('mine', (guest) => guest.query('SELECT pg_sleep(600)'));
  const ended = expect(session).rejects.toThrow();
  await sleep(200);
  await dropDatabase(site, 'mine');
  await ended;
  expect(await exists('mine')).toBe(false);
});

test.each([
  ['a template', 'IS_TEMPLATE true'],
  ['closed to everybody', 'ALLOW_CONNECTIONS false'],
  ['closed to plain roles', 'CONNECTION LIMIT 0'],
])('a database that is %s is dropped all the same', async (_, change) => {
  await createDatabase(site, 'changed');
  await host.asOwner((owner) => owner.query(`ALTER DATABASE changed ${change}`));
  await dropDatabase(site, 'changed');
  expect(await exists('changed')).toBe(false);
});
