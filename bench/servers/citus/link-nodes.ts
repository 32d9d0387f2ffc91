import { escapeLiteral } from 'pg';
import { withConnection, type Connection } from '../../database/connection.ts';
import { onEveryNode } from '../../database/nodes.ts';
import type { Server } from '../../database/server.ts';
import { RunError } from '../../model/errors.ts';

/** With what the nodes open sessions among each other. */
export interface Credentials {
  role: string;
  password: string;
}

interface Linking {
  database: string;
  credentials: readonly Credentials[];
  /** Of the nodes, as they reach each other, the coordinator's first. */
  addresses: readonly string[];
}

/** Makes the databases of this name, one on each node, a database of Citus: what knows of nodes is in the database. */
export async function linkingNodes(server: Server, linking: Linking, signal: AbortSignal): Promise<void> {
  const { database, credentials, addresses } = linking;
  await onEveryNode(server, ({ admin }) =>
    withConnection(admin(database), signal, async (connection) => {
      await connection.query('CREATE EXTENSION citus');
      // It comes along, is not used, and has tables of its own.
      await connection.query('DROP EXTENSION IF EXISTS citus_columnar');
      await connection.query(passwordsOf(credentials));
    }),
  );
  await withConnection(server.admin(database), signal, (connection) => addNodes(connection, addresses));
}

/** Node 0 stands for all (Citus, src/backend/distributed/metadata/metadata_cache.c). */
function passwordsOf(credentials: readonly Credentials[]): string {
  const rows = credentials.map(
    ({ role, password }) => `(0, ${escapeLiteral(role)}, ${escapeLiteral(`password=${password}`)})`,
  );
  return `INSERT INTO pg_dist_authinfo (nodeid, rolename, authinfo) VALUES ${rows.join(', ')}`;
}

async function addNodes(connection: Connection, [coordinator, ...workers]: readonly string[]): Promise<void> {
  await connection.query('SELECT citus_set_coordinator_host($1, 5432)', [coordinator]);
  for (const worker of workers) await connection.query('SELECT citus_add_node($1, 5432)', [worker]);
}

const VERSIONS = `
  SELECT current_setting('server_version_num')::int / 10000 AS postgres,
         (SELECT default_version FROM pg_available_extensions WHERE name = 'citus') AS citus`;

/** @throws RunError where a node has no Citus, or not the coordinator's PostgreSQL and Citus */
export async function refuseUnlessAlike(server: Server, signal: AbortSignal): Promise<void> {
  const versions = await onEveryNode(server, ({ name, admin }) =>
    withConnection(admin(), signal, async (connection) => {
      const { rows } = await connection.query<{ postgres: string; citus: string | null }>(VERSIONS);
      const [found] = rows;
      if (!found?.citus) throw new RunError('There is no Citus', { remedy: 'Name an image that has it.' });
      return { name, version: `PostgreSQL ${found.postgres} with Citus ${found.citus}` };
    }),
  );
  const [coordinator, ...workers] = versions;
  const other = workers.find(({ version }) => version !== coordinator?.version);
  if (other === undefined) return;
  throw new RunError(
    `The nodes differ: the coordinator is ${coordinator?.version}, the ${other.name} is ${other.version}`,
    { remedy: 'Use the same versions on all nodes.' },
  );
}
