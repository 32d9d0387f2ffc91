import { withConnection } from '../../database/connection.ts';
import { nodesOf } from '../../database/nodes.ts';
import type { Node, Server } from '../../database/server.ts';
import { RunError } from '../../model/errors.ts';

/** What is said of a node that has ended. */
interface Ending {
  /** Of its log, by its position among all nodes, where that can be read. */
  lastWords?: readonly (() => string | undefined)[];
  /** Where --resume goes on. */
  resumed: string;
}

/**
 * Carries out `work`. Where it fails because a node has ended, what is thrown names that node: the coordinator reports the
 * end of a worker in many words, and its own end not at all.
 *
 * @throws RunError
 */
export async function blameNode<T>(
  server: Server,
  { lastWords = [], resumed }: Ending,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const ended = signal.aborted ? -1 : await firstEnded(nodesOf(server));
    const node = nodesOf(server)[ended];
    if (!node) throw cause;
    throw new RunError(`The ${node.name} of the cluster has ended`, {
      detail: `  ${lastWords[ended]?.() ?? (cause as Error).message}`,
      remedy: `If anything was measured, it is kept: continue with --resume, ${resumed}.`,
      cause,
    });
  }
}

/** @returns its position; -1 where all answer */
async function firstEnded(nodes: readonly Node[]): Promise<number> {
  const answers = await Promise.allSettled(nodes.map(answerOf));
  return answers.findIndex(({ status }) => status === 'rejected');
}

/** Without the patience of those that wait for a session: who does not answer at once has ended. */
const answerOf = ({ admin }: Node): Promise<unknown> =>
  withConnection({ ...admin(), patienceMs: 0 }, new AbortController().signal, (connection) =>
    connection.query('SELECT 1'),
  );
