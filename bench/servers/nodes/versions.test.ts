import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, testSite, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import type { Server } from '../../database/server.ts';
import { refuseUnlessAlike } from './versions.ts';

const never = new AbortController().signal;

describe('the nodes of a cluster', () => {
  let databases: FreshDatabase[];
  beforeAll(async () => {
    databases = await Promise.all([freshDatabase(), freshDatabase()]);
  });
  afterAll(() => Promise.all(databases.map(({ drop }) => drop())));

  /** A catalog is in each database: two of one server stand for two nodes. */
  const nodes = (): Server => {
    const { server } = testSite();
    const [one, other] = databases.map(({ login }) => ({ ...server, admin: () => login }));
    if (!one || !other) throw new Error('there are two databases');
    return { ...one, name: 'coordinator', workers: [{ ...other, name: 'worker 1' }] };
  };

  const offer = (node: FreshDatabase | undefined, version: string): Promise<unknown> =>
    withConnection(node?.login ?? nodes().admin(), never, (session) =>
      session.query(`
        SET allow_system_table_mods = on;
        CREATE OR REPLACE VIEW pg_catalog.pg_available_extensions AS
          SELECT 'citus'::name AS name, '${version}' AS default_version,
                 NULL::text COLLATE "C" AS installed_version, NULL::text AS comment`),
    );

  test('are refused where one has no Citus, which is named', async () => {
    await offer(databases[0], '13.0-1');
    await expect(refuseUnlessAlike(nodes(), never)).rejects.toMatchObject({
      message: 'There is no Citus (on the worker 1)',
      remedy: 'Each node needs it, in the same version.',
    });
  });

  test('are refused where their versions differ, with both', async () => {
    await offer(databases[1], '12.1-1');
    await expect(refuseUnlessAlike(nodes(), never)).rejects.toMatchObject({
      message:
        'The nodes differ: the coordinator is PostgreSQL 18 with Citus 13.0-1, the worker 1 is PostgreSQL 18 with Citus 12.1-1',
    });
    await offer(databases[1], '13.0-1');
    await refuseUnlessAlike(nodes(), never);
  });
});
