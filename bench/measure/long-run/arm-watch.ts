import { setTimeout as sleep } from 'node:timers/promises';
import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { tableSizes } from '../../database/table-sizes.ts';
import type { ArmSize, Stretch } from '../../model/long-run.ts';

/** What happened beside the load, by the seconds in which it was noticed. */
export type Happened = Pick<Stretch, 'checkpoints' | 'vacuums'>;

const LOOK = `
  SELECT (SELECT checkpoint_lsn FROM pg_control_checkpoint()) AS checkpoint,
         (SELECT coalesce(sum(autovacuum_count), 0) FROM pg_stat_user_tables) AS vacuums`;

type Look = Record<'checkpoint' | 'vacuums', string>;

/** Looks at the server every second, in a session beside those of the load. */
export async function watchArm(watcher: Connection, seconds: number, signal: AbortSignal): Promise<Happened> {
  const happened: Happened = { checkpoints: [], vacuums: [] };
  const startMs = performance.now();
  let [last] = await askCatalog<Look>(watcher, LOOK);
  for (let second = 0; second < seconds; second++) {
    await sleep(Math.max(0, startMs + 1000 * (second + 1) - performance.now()), undefined, { signal });
    const [now] = await askCatalog<Look>(watcher, LOOK);
    if (now?.checkpoint !== last?.checkpoint) happened.checkpoints.push(second);
    if (now?.vacuums !== last?.vacuums) happened.vacuums.push(second);
    last = now;
  }
  return happened;
}

const DEAD_ROWS = 'SELECT coalesce(sum(n_dead_tup), 0) AS rows FROM pg_stat_user_tables';

/** As the server has counted until now: a session reports its last executions up to a second later. */
export async function armSize(connection: Connection): Promise<ArmSize> {
  const sizes = await tableSizes(connection);
  const [dead] = await askCatalog<{ rows: string }>(connection, DEAD_ROWS);
  const sum = (of: (size: (typeof sizes)[number]) => number): number =>
    sizes.reduce((so, size) => so + of(size), 0);
  return {
    tableBytes: sum(({ tableBytes }) => tableBytes),
    indexBytes: sum(({ indexBytes }) => indexBytes),
    deadRows: Number(dead?.rows ?? 0),
  };
}
