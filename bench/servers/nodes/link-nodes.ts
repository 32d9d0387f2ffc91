import { withConnection, type Connection } from '../../database/connection.ts';
import type { Address, ListedNode } from '../../database/cluster/nodes.ts';
import { onEveryNode } from '../../database/nodes.ts';
import type { Server } from '../../database/server.ts';

/** With what the nodes open sessions among each other. */
export interface Credentials {
  role: string;
  password: string;
}

/** @default Citus's own: all shards are on the workers */
type LinkedNode = Address & Partial<Pick<ListedNode, 'holdsShards'>>;

interface Linking {
  database: string;
  credentials: readonly Credentials[];
  /** Of the nodes, as they reach each other, the coordinator's first. */
  addresses: readonly LinkedNode[];
}

/** Makes the databases of this name, one on each node, a database of Citus: what knows of nodes is in the database. */
export async function linkingNodes(server: Server, linking: Linking, signal: AbortSignal): Promise<void> {
  const { database, credentials, addresses } = linking;
  await onEveryNode(server, ({ admin }) =>
    withConnection(admin(database), signal, async (connection) => {
      await connection.query('CREATE EXTENSION citus');
      // It comes along, is not used, and has tables of its own.
      await connection.query('DROP EXTENSION IF EXISTS citus_columnar');
      await storePasswords(connection, credentials);
    }),
  );
  await withConnection(server.admin(database), signal, (connection) => addNodes(connection, addresses));
}

/** The server's log holds no password, whatever its settings. */
const UNLOGGED = `
  SET LOCAL log_statement = 'none';
  SET LOCAL log_min_duration_statement = -1;
  SET LOCAL log_min_duration_sample = -1;
  SET LOCAL log_transaction_sample_rate = 0;
  SET LOCAL log_min_error_statement = 'panic'`;

/** Node 0 stands for all (Citus, src/backend/distributed/metadata/metadata_cache.c). Superusers alone can read it. */
const STORE = `INSERT INTO pg_dist_authinfo (nodeid, rolename, authinfo) VALUES (0, $1, $2)`;

async function storePasswords(connection: Connection, credentials: readonly Credentials[]): Promise<void> {
  await connection.query('BEGIN');
  await connection.query(UNLOGGED);
  for (const { role, password } of credentials)
    await connection.query(STORE, [role, `password=${conninfoValue(password)}`]);
  await connection.query('COMMIT');
}

/** As libpq reads it (PostgreSQL manual, 34.1.1.1). */
const conninfoValue = (value: string): string => `'${value.replace(/['\\]/g, '\\$&')}'`;

async function addNodes(connection: Connection, nodes: readonly LinkedNode[]): Promise<void> {
  const [coordinator, ...workers] = nodes;
  await connection.query('SELECT citus_set_coordinator_host($1, $2)', [coordinator?.host, coordinator?.port]);
  for (const { host, port } of workers) await connection.query('SELECT citus_add_node($1, $2)', [host, port]);
  for (const { host, port, holdsShards } of nodes)
    if (holdsShards !== undefined) await connection.query(HOLDS_SHARDS, [host, port, holdsShards]);
}

const HOLDS_SHARDS = `SELECT citus_set_node_property($1, $2, 'shouldhaveshards', $3)`;
