import { listNodes, type Address, type ListedNode } from '../../database/cluster/nodes.ts';
import { withConnection } from '../../database/connection.ts';
import { carefulLogin } from '../../database/event-triggers.ts';
import type { Login } from '../../database/login.ts';

/** A PostgreSQL that a guest comes to: the server of the URL, or a node of the cluster whose coordinator that is. */
export interface Place {
  /** As `Node.name`. */
  name: string;
  url: string;
  /** As the other nodes know it; undefined where it is the only one. */
  address?: ListedNode;
}

/** The server of the URL, or all nodes of the cluster whose coordinator has that database, the coordinator first. */
export async function placesOf(url: string, signal: AbortSignal): Promise<[Place, ...Place[]]> {
  const nodes = await withConnection(await carefulLogin(url, signal), signal, async (connection) => {
    const known = await listNodes(connection);
    const { rows } = known.length > 1 ? await connection.query<{ group: string }>(GROUP) : { rows: [] };
    return rows[0]?.group === '0' ? known : [];
  });
  const [coordinator, ...workers] = nodes;
  if (!coordinator) return [{ name: 'server', url }];
  return [
    { name: coordinator.name, url, address: coordinator },
    ...workers.map((address) => ({ name: address.name, url: urlOfNode(url, address), address })),
  ];
}

/** Workers know of all nodes, too. */
const GROUP = 'SELECT groupid AS "group" FROM pg_dist_local_group';

/** The same user, password and database on another node. */
function urlOfNode(url: string, { host, port }: Address): string {
  const own = new URL(url);
  for (const name of ['host', 'port', 'hostaddr']) own.searchParams.delete(name);
  own.host = host.includes(':') ? `[${host}]` : host;
  own.port = port;
  return own.href;
}

/**
 * What a guest's sessions set on a cluster. In the database of the URL Citus would do on all nodes what is done on each. In
 * databases of ours it would write the coordinator's roles, passwords and settings to the workers; and a migration may change
 * tables that share a reference table in one transaction, which it refuses otherwise.
 */
export const clusterSettings = (database: string | undefined): Login['settings'] =>
  database === undefined
    ? { 'citus.enable_ddl_propagation': 'off' }
    : {
        'citus.enable_create_role_propagation': 'off',
        'citus.enable_alter_role_propagation': 'off',
        'citus.enable_alter_role_set_propagation': 'off',
        'citus.multi_shard_modify_mode': 'sequential',
      };
