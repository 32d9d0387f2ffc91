import { performance } from 'node:perf_hooks';
import type { Connection } from '../database/connection.ts';
import { APPLICATION_NAME } from '../database/login.ts';
import type { Disturbance } from '../model/disturbance.ts';

/** Says what has happened since it was last asked that may have disturbed this pair. */
export type LookOut = (pair: number) => Promise<Disturbance[]>;

/** `$2` is when the last look was taken: a session that is idle again has been active if its state changed since. */
const LOOK = `
  SELECT (SELECT checkpoint_lsn FROM pg_control_checkpoint()) AS checkpoint,
         count(*) FILTER (WHERE backend_type = 'autovacuum worker') AS autovacuum,
         count(*) FILTER (WHERE backend_type = 'client backend' AND application_name <> $1
                            AND (state IS DISTINCT FROM 'idle' OR state_change > $2)) AS sessions,
         clock_timestamp() AS taken
  FROM pg_stat_activity`;

type Look = Record<'checkpoint' | 'autovacuum' | 'sessions' | 'taken', string>;

/** A clock that is kept in step moves by less; one that is set, or stood still in a suspended machine, by more. */
const CLOCK_STEP_MS = 100;

/** Keeps a lookout from now on, with a session beside those that are measured. */
export async function keepLookout(connection: Connection): Promise<LookOut> {
  let last = await lookAt(connection, 'infinity');
  let lastOffsetMs = clockOffsetMs();
  return async (pair) => {
    const [now, offsetMs] = [await lookAt(connection, last.taken), clockOffsetMs()];
    const stepMs = offsetMs - lastOffsetMs;
    const happened: Disturbance[] = [
      ...(now.checkpoint === last.checkpoint ? [] : [{ kind: 'checkpoint', pair } as const]),
      ...(now.autovacuum === '0' ? [] : [{ kind: 'autovacuum', pair } as const]),
      ...(now.sessions === '0' ? [] : [{ kind: 'other session', pair } as const]),
      ...(Math.abs(stepMs) < CLOCK_STEP_MS ? [] : [{ kind: 'clock step', pair, stepMs } as const]),
    ];
    [last, lastOffsetMs] = [now, offsetMs];
    return happened;
  };
}

async function lookAt(connection: Connection, since: string): Promise<Look> {
  const { rows } = await connection.query<Look>(LOOK, [APPLICATION_NAME, since]);
  if (!rows[0]) throw new Error('pg_stat_activity told nothing');
  return rows[0];
}

const clockOffsetMs = (): number => Date.now() - performance.now();
