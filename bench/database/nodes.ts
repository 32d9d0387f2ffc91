import { RunError } from '../model/errors.ts';
import { isSessionLoss } from './connection.ts';
import type { Node, Server } from './server.ts';

/** What a server is that has no workers. */
export const ONE_MACHINE: Pick<Server, 'name' | 'workers' | 'linkNodes'> = {
  name: 'server',
  workers: [],
  linkNodes: () => Promise.resolve(),
};

/** The server alone, or the coordinator of a cluster and then its workers. */
export const nodesOf = (server: Server): [Server, ...Node[]] => [server, ...server.workers];

/**
 * Runs `work` on every node at the same time: what it returns, in the order of `nodesOf`.
 *
 * @throws what failed first in that order, once all have ended; in a cluster it says on which node
 */
export const onEveryNode = <T>(server: Server, work: (node: Node) => Promise<T>): Promise<T[]> =>
  onEveryNodeOrNone(server, work, () => Promise.resolve());

/** The same; where a node fails, `takeBack` removes from the others what `work` has done there. */
export async function onEveryNodeOrNone<T>(
  server: Server,
  work: (node: Node) => Promise<T>,
  takeBack: (node: Node) => Promise<unknown>,
): Promise<T[]> {
  const nodes = nodesOf(server);
  const settled = await Promise.allSettled(nodes.map(work));
  const failed = settled.findIndex(({ status }) => status === 'rejected');
  if (failed === -1) return settled.map((one) => (one as PromiseFulfilledResult<T>).value);
  const done = nodes.filter((_, position) => settled[position]?.status === 'fulfilled');
  await Promise.allSettled(done.map(takeBack));
  const reason: unknown = (settled[failed] as PromiseRejectedResult).reason;
  throw server.workers.length === 0 ? reason : onNode(nodes[failed] as Node, reason);
}

/** Keeps PostgreSQL's code, by which callers tell failures apart. A lost session has its server in it already. */
function onNode({ name }: Node, cause: unknown): unknown {
  if (!(cause instanceof Error) || isSessionLoss(cause)) return cause;
  const { detail, remedy } = cause as Partial<RunError>;
  const named = new RunError(`${cause.message} (on the ${name})`, {
    ...(detail !== undefined && { detail }),
    ...(remedy !== undefined && { remedy }),
    cause,
  });
  return Object.assign(named, 'code' in cause && { code: cause.code });
}
