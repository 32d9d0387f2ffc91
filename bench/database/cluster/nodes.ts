import { askCatalog } from '../ask-catalog.ts';
import type { Connection } from '../connection.ts';

/** Where the nodes of a cluster reach one of them. */
export interface Address {
  host: string;
  port: string;
}

/** One node of a cluster, as Citus knows it in a database. */
export interface ClusterNode extends Address {
  /** `coordinator` or `worker 1`: workers count in the order in which they were added. */
  name: string;
}

/** The same, and whether it is given shards: `t` or `f`. */
export interface ListedNode extends ClusterNode {
  holdsShards: string;
}

const IS_CLUSTER = `SELECT pg_catalog.to_regclass('pg_catalog.pg_dist_node') IS NOT NULL AS "isCluster"`;

const known = new WeakMap<Connection, Promise<boolean>>();

/** Whether the tables of this session's database may be distributed: Citus is in it. */
export function isCluster(connection: Connection): Promise<boolean> {
  const asked =
    known.get(connection) ??
    connection.query<{ isCluster: string }>(IS_CLUSTER).then(({ rows }) => rows[0]?.isCluster === 't');
  known.set(connection, asked);
  return asked;
}

/** A coordinator that was never given a name is not among its own nodes. */
const NODES = `
  SELECT CASE groupid WHEN 0 THEN 'coordinator'
         ELSE 'worker ' || rank() OVER (PARTITION BY groupid > 0 ORDER BY groupid) END AS name,
         host, port, "holdsShards"
  FROM (
    SELECT groupid, nodename AS host, nodeport AS port, shouldhaveshards AS "holdsShards"
    FROM pg_dist_node WHERE isactive AND noderole = 'primary'
    UNION ALL
    SELECT 0, current_setting('citus.local_hostname'), current_setting('port')::int, false
    WHERE NOT EXISTS (SELECT FROM pg_dist_node WHERE groupid = 0)
  ) AS nodes
  ORDER BY groupid`;

/** The coordinator and its workers; none where one server holds everything. */
export const listNodes = async (connection: Connection): Promise<ListedNode[]> =>
  (await isCluster(connection)) ? askCatalog<Record<keyof ListedNode, string>>(connection, NODES) : [];
