import { withConnection } from '../../database/connection.ts';
import { nodesOf } from '../../database/nodes.ts';
import type { Node, Server } from '../../database/server.ts';
import { RunError } from '../../model/errors.ts';

/**
 * Carries out `work`. Where it fails because a node has ended, what is thrown names that node: the coordinator reports the
 * end of a worker in many words, and its own end not at all.
 *
 * @throws RunError
 */
export async function blameNode<T>(server: Server, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const ended = signal.aborted ? undefined : await firstEnded(server);
    if (!ended) throw cause;
    throw new RunError(`The ${ended.name} of the cluster has ended`, {
      detail: `  ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'If anything was measured, it is kept: continue with --resume, which starts a new cluster.',
      cause,
    });
  }
}

async function firstEnded(server: Server): Promise<Node | undefined> {
  const nodes = nodesOf(server);
  const asked = await Promise.allSettled(nodes.map(answersOf));
  return nodes.find((_, position) => asked[position]?.status === 'rejected');
}

const answersOf = ({ admin }: Node): Promise<unknown> =>
  withConnection(admin(), new AbortController().signal, (connection) => connection.query('SELECT 1'));
