import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loginTo, startServer, testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from './connection.ts';
import { createDatabase, dropDatabase, withClone } from './databases.ts';
import { nodesOf } from './nodes.ts';
import { databaseName, type Node, type Site } from './server.ts';

const never = new AbortController().signal;

describe('databases on several nodes', () => {
  let site: Site;
  let worker: Node;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const started = await startServer();
    ({ stop } = started);
    worker = { ...started.server, name: 'worker 1' };
    const one = testSite();
    site = {
      ...one,
      server: { ...one.server, name: 'coordinator', ownerRole: undefined, workers: [worker] },
    };
  });
  afterAll(() => stop());

  /** Of ours, on each node. */
  const made = (): Promise<string[][]> =>
    Promise.all(
      nodesOf(site.server).map(({ administer }) =>
        administer(async (admin) => {
          const { rows } = await admin.query<{ datname: string }>(
            'SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1',
            [site.server.namePrefix],
          );
          return rows.map(({ datname }) => datname);
        }),
      ),
    );

  test('are made and copied under one name on all of them', async () => {
    const [first, copy] = [databaseName(site.server, 'first'), databaseName(site.server, 'copy')];
    await createDatabase(site, first);
    await withClone(site, first, copy, async () => {
      expect(await made()).toEqual([
        [copy, first],
        [copy, first],
      ]);
    });
    expect(await made()).toEqual([[first], [first]]);
    await dropDatabase(site, first);
  });

  test('are on none where one refuses to make them, which is named', async () => {
    const url = new URL(worker.admin().url);
    await worker.administer((admin) => admin.query("CREATE ROLE stranger LOGIN PASSWORD 'p'"));
    const login = loginTo(Object.assign(url, { username: 'stranger', password: 'p' }).href);
    const stranger: Node = {
      ...worker,
      administer: (use) => withConnection(login, never, use),
    };
    const refusing = { ...site, server: { ...site.server, workers: [stranger] } };
    const making = createDatabase(refusing, databaseName(site.server, 'refused'));
    await expect(making).rejects.toThrow('permission denied to create database (on the worker 1)');
    expect(await made()).toEqual([[], []]);
  });
});
