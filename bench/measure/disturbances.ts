import { performance } from 'node:perf_hooks';
import type { Connection } from '../database/connection.ts';
import { APPLICATION_NAME } from '../database/login.ts';
import type { Disturbance } from '../model/disturbance.ts';
import type { PerArm } from '../model/arm.ts';
import type { Timed } from '../model/measurement.ts';
import { planOf } from './explain.ts';
import type { ArmSessions } from './sessions.ts';
import { isCopy, type Statement } from './statement.ts';

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

/** By so much longer than the others: no checkpoint and no other program holds a pair up for a second. */
const LONGER_BY_MS = 1000;
const TIMES_AS_LONG = 3;

/**
 * Pairs during which the server, or the machine, stood still: the median of a block passes over one execution that took
 * half a minute, and nothing else would tell of it.
 *
 * @param durationsMs of each pair, with what runs between it and the next
 */
export function pausesIn(durationsMs: readonly number[]): Disturbance[] {
  const usualMs = durationsMs.toSorted((a, b) => a - b)[Math.floor((durationsMs.length - 1) / 2)] ?? 0;
  return durationsMs.flatMap((durationMs, position) => {
    const pauseMs = durationMs - usualMs;
    const isPause = pauseMs > LONGER_BY_MS && durationMs > TIMES_AS_LONG * usualMs;
    return isPause ? [{ kind: 'pause' as const, pair: position + 1, pauseMs }] : [];
  });
}

/** Holds the plans after the pairs against those before them: statistics, and with them plans, may change meanwhile. */
export async function withPlanWatch(
  { before: [before], after: [after] }: PerArm<ArmSessions>,
  statement: Statement,
  measure: () => Promise<Timed>,
): Promise<Timed> {
  if (isCopy(statement.sql)) return measure();
  const signatures = async (): Promise<PerArm<string>> => ({
    before: (await planOf(before, statement)).signature,
    after: (await planOf(after, statement)).signature,
  });
  const first = await signatures();
  const { pairs, disturbances } = await measure();
  const last = await signatures();
  const changes = (['before', 'after'] as const)
    .filter((arm) => first[arm] !== last[arm])
    .map((arm): Disturbance => ({ kind: 'plan change', arm }));
  return { pairs, disturbances: [...disturbances, ...changes] };
}
