import { withConnection, type Connection } from '../../database/connection.ts';
import { onEveryNode } from '../../database/nodes.ts';
import type { Server } from '../../database/server.ts';
import { RunError } from '../../model/errors.ts';

const VERSIONS = `
  SELECT current_setting('server_version_num')::int / 10000 AS postgres,
         (SELECT default_version FROM pg_available_extensions WHERE name = 'citus') AS citus`;

/**
 * What all nodes of a cluster have to have in common, for people to read.
 *
 * @throws RunError where there is no Citus
 */
export async function versionOf(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ postgres: string; citus: string | null }>(VERSIONS);
  const [found] = rows;
  if (!found?.citus)
    throw new RunError('There is no Citus', {
      remedy: 'Each node needs it, in the same version.',
    });
  return `PostgreSQL ${found.postgres} with Citus ${found.citus}`;
}

/** @throws RunError where a node has no Citus, or not the coordinator's PostgreSQL and Citus */
export async function refuseUnlessAlike(server: Server, signal: AbortSignal): Promise<void> {
  const versions = await onEveryNode(server, ({ name, admin }) =>
    withConnection(admin(), signal, async (connection) => ({ name, version: await versionOf(connection) })),
  );
  const [coordinator, ...workers] = versions;
  const other = workers.find(({ version }) => version !== coordinator?.version);
  if (other === undefined) return;
  throw new RunError(
    `The nodes differ: the coordinator is ${coordinator?.version}, the ${other.name} is ${other.version}`,
    { remedy: 'Use the same versions on all nodes.' },
  );
}
