import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Server } from '../../database/server.ts';
import { loginTo, startServer } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import { defaults } from '../provider-behaviour.fixture.ts';
import { url } from './index.ts';

const never = new AbortController().signal;

const offering = (version: string): string => `
  CREATE OR REPLACE VIEW pg_catalog.pg_available_extensions AS
    SELECT 'citus'::name AS name, '${version}' AS default_version,
           NULL::text COLLATE "C" AS installed_version, NULL::text AS comment`;

/** What a guest asks of Citus before it makes anything, with the answers that a test needs. */
const CITUS = `
  SET allow_system_table_mods = on;
  CREATE TABLE pg_catalog.pg_dist_local_group (groupid int);
  CREATE TABLE pg_catalog.pg_dist_node (groupid int, nodename text, nodeport int, isactive bool, noderole text, shouldhaveshards bool);
  GRANT SELECT ON pg_catalog.pg_dist_local_group, pg_catalog.pg_dist_node TO PUBLIC;
  ${offering('13.0-1')};
  CREATE ROLE somebody LOGIN SUPERUSER PASSWORD 'p';
  CREATE ROLE maker LOGIN CREATEDB PASSWORD 'p'`;

/** What comes of a statement that the coordinator runs on a worker. */
const answering = (success: boolean, result: string): string => `
  SET allow_system_table_mods = on;
  CREATE OR REPLACE FUNCTION pg_catalog.master_run_on_worker(text[], int[], text[], bool)
    RETURNS TABLE (success bool, result text) LANGUAGE sql AS $$ SELECT ${success}, '${result}' $$`;

describe('a guest on a cluster', () => {
  let coordinator: Server;
  let worker: Server;
  const stops: (() => Promise<void>)[] = [];
  const start = async (settings: Record<string, string> = {}): Promise<Server> => {
    const { server, stop } = await startServer(settings);
    stops.push(stop);
    await as(server, CITUS);
    return server;
  };
  const as = ({ admin }: Server, sql: string): Promise<unknown> =>
    withConnection(loginTo(admin().url), never, (session) => session.query(sql));

  beforeAll(async () => {
    [coordinator, worker] = await Promise.all([start(), start({ max_connections: '6' })]);
    await as(
      coordinator,
      "INSERT INTO pg_dist_local_group VALUES (0); CREATE ROLE stranger LOGIN PASSWORD 'p'",
    );
    await as(worker, 'INSERT INTO pg_dist_local_group VALUES (1)');
  });
  afterAll(() => Promise.all(stops.map((stop) => stop())));
  const portOf = ({ admin }: Server): string => new URL(admin().url).port;
  beforeEach(async () => {
    await knowing([portOf(worker)]);
    await as(coordinator, answering(true, '1'));
  });

  /** Tells both nodes where the workers are. */
  const knowing = async (workers: readonly string[]): Promise<void> => {
    const rows = [portOf(coordinator), ...workers].map(
      (port, group) => `(${group}, '127.0.0.1', ${port}, true, 'primary', true)`,
    );
    for (const node of [coordinator, worker])
      await as(node, `TRUNCATE pg_dist_node; INSERT INTO pg_dist_node VALUES ${rows.join(', ')}`);
  };

  const visit = (role: string, server = coordinator): Promise<unknown> => {
    const place = Object.assign(new URL(server.admin().url), { username: role, password: 'p' }).href;
    const { open } = url.request({ url: place, maxSizeBytes: 1e9, maxSessions: Infinity });
    return open(defaults({}), () => Promise.reject(new Error('was let in')));
  };
  const refusedWith = (...lines: string[]) => ({
    message: 'No databases can be made on every node of this cluster',
    detail: lines.join('\n'),
  });
  const nameOf = (name: string, server: Server): string => `  ${name} (127.0.0.1:${portOf(server)})`;

  test('is told of each node what its role lacks there', async () => {
    await as(worker, 'ALTER ROLE maker NOCREATEDB');
    await expect(visit('maker')).rejects.toMatchObject(
      refusedWith(
        `${nameOf('coordinator', coordinator)}: The role "maker" may not create the extension citus or add nodes; Name a superuser in --url; the SQL of the suite gets a role of its own`,
        `${nameOf('worker 1', worker)}: The role "maker" may not create databases; Have a superuser run: ALTER ROLE "maker" CREATEDB`,
      ),
    );
  });

  test('is told of a node with too few sessions', async () => {
    await expect(visit('somebody')).rejects.toMatchObject(
      refusedWith(
        `${nameOf('worker 1', worker)}: 3 sessions are free for this run, which needs 4; max_connections is 6, of which 3 are reserved; 0 are in use; Wait until others have closed theirs, or raise the server's max_connections`,
      ),
    );
  });

  test('is told of a node where its role is not known, and of one that does not answer', async () => {
    await knowing([portOf(worker), '1']);
    const place = `No connection to database "postgres" on 127.0.0.1:`;
    await expect(visit('stranger')).rejects.toMatchObject({
      detail: expect.stringMatching(
        new RegExp(
          `worker 1 .*: ${place}\\d+; password authentication failed for user "stranger";.*\n` +
            `  worker 2 \\(127.0.0.1:1\\): ${place}1; connect ECONNREFUSED 127.0.0.1:1;`,
        ),
      ) as string,
    });
  });

  test('is told of a node that the coordinator does not reach, or finds elsewhere', async () => {
    const named = nameOf('worker 1', worker);
    await as(coordinator, answering(false, 'no route'));
    await expect(visit('somebody')).rejects.toMatchObject(
      refusedWith(`${named}: The coordinator does not reach it; no route`),
    );
    await as(coordinator, answering(true, '0'));
    await expect(visit('somebody')).rejects.toMatchObject(
      refusedWith(`${named}: From here this address leads to another server than from the coordinator`),
    );
  });

  test('is told of a node with another version', async () => {
    await as(worker, `SET allow_system_table_mods = on; ${offering('12.1-1')}`);
    await expect(visit('somebody')).rejects.toMatchObject(
      refusedWith(
        `${nameOf('worker 1', worker)}: It is PostgreSQL 18 with Citus 12.1-1, and the coordinator is PostgreSQL 18 with Citus 13.0-1`,
      ),
    );
  });

  test('comes to a worker as to any other server', async () => {
    await expect(visit('somebody', worker)).rejects.toThrow('3 sessions are free');
  });
});
