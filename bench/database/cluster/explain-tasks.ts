import type { Connection } from '../connection.ts';
import { isCluster } from './nodes.ts';

/**
 * Runs `use`, which explains, while EXPLAIN shows every task of a distributed query, in the order of their shards. Citus
 * shows one of them by default: the first, or after ANALYZE the slowest.
 */
export async function explainingEveryTask<T>(connection: Connection, use: () => Promise<T>): Promise<T> {
  if (!(await isCluster(connection))) return use();
  await connection.query(
    "SET citus.explain_all_tasks = on; SET citus.explain_analyze_sort_method = 'taskId'",
  );
  try {
    return await use();
  } finally {
    await connection
      .query('RESET citus.explain_all_tasks; RESET citus.explain_analyze_sort_method')
      .catch(() => undefined);
  }
}
