import { DatabaseError } from 'pg';
import { commandEachNode } from './cluster/each-node.ts';
import { isCluster } from './cluster/nodes.ts';
import { onEveryNode } from './nodes.ts';
import type { Server } from './server.ts';
import type { Connection } from './connection.ts';

const INSUFFICIENT_PRIVILEGE = '42501';

/** On every node. */
export const checkpointAll = (server: Server): Promise<boolean[]> =>
  onEveryNode(server, ({ administer }) =>
    administer((admin) => whereAllowed(() => admin.query('CHECKPOINT'))),
  );

/**
 * Writes every dirty page of the server, or of all nodes of a cluster, to disk. None is then written while something is measured.
 *
 * @returns false where this role may not (pg_checkpoint, 15 and later)
 */
export const checkpoint = (connection: Connection): Promise<boolean> =>
  whereAllowed(async () => {
    await connection.query('CHECKPOINT');
    if (await isCluster(connection)) await commandEachNode(connection, () => 'CHECKPOINT');
  });

async function whereAllowed(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === INSUFFICIENT_PRIVILEGE) return false;
    throw error;
  }
}
