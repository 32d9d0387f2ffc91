import { performance } from 'node:perf_hooks';
import type { Connection } from '../database/connection.ts';
import { APPLICATION_NAME } from '../database/login.ts';
import type { Disturbance } from '../model/disturbance.ts';
import type { PerArm } from '../model/arm.ts';
import type { Timed } from '../model/measurement.ts';
import { planOf } from './explain.ts';
import type { ArmSessions } from './sessions.ts';
import { isCopy, type Statement } from './statement.ts';

/** Lists what may have disturbed this pair: everything that has happened since the last call. */
export type LookOut = (pair: number) => Promise<Disturbance[]>;

/** `$2` is the time of the last look: an idle session whose state has changed since then was active. */
const LOOK = `
  SELECT (SELECT checkpoint_lsn FROM pg_control_checkpoint()) AS checkpoint,
         count(*) FILTER (WHERE backend_type = 'autovacuum worker') AS autovacuum,
         count(*) FILTER (WHERE backend_type = 'client backend' AND application_name <> $1
                            AND (state IS DISTINCT FROM 'idle' OR state_change > $2)) AS sessions,
         clock_timestamp() AS taken
  FROM pg_stat_activity`;

type Look = Record<'checkpoint' | 'autovacuum' | 'sessions' | 'taken', string>;

/** A synchronised clock is corrected by less. A clock that is set, or that a suspended machine stopped, moves by more. */
const CLOCK_STEP_MS = 100;

/** Watches the server from now on, in a session beside those that are measured. */
export async function keepLookout(connection: Connection): Promise<LookOut> {
  let last = await lookAt(connection, 'infinity');
  let lastOffsetMs = clockOffsetMs();
  return async (pair) => {
    const now = await lookAt(connection, last.taken);
    const offsetMs = clockOffsetMs();
    const stepMs = offsetMs - lastOffsetMs;
    const happened: Disturbance[] = [
      ...(now.checkpoint === last.checkpoint ? [] : [{ kind: 'checkpoint', pair } as const]),
      ...(now.autovacuum === '0' ? [] : [{ kind: 'autovacuum', pair } as const]),
      ...(now.sessions === '0' ? [] : [{ kind: 'other session', pair } as const]),
      ...(Math.abs(stepMs) < CLOCK_STEP_MS ? [] : [{ kind: 'clock step', pair, stepMs } as const]),
    ];
    last = now;
    lastOffsetMs = offsetMs;
    return happened;
  };
}

async function lookAt(connection: Connection, since: string): Promise<Look> {
  const { rows } = await connection.query<Look>(LOOK, [APPLICATION_NAME, since]);
  if (!rows[0]) throw new Error('pg_stat_activity told nothing');
  return rows[0];
}

const clockOffsetMs = (): number => Date.now() - performance.now();

/** The least excess of a pause: no checkpoint and no other program holds a pair up for a second. */
const LONGER_BY_MS = 1000;
const TIMES_AS_LONG = 3;

/**
 * Pairs during which the server or the machine paused. The median of a block hides a single execution of half a
 * minute; only this shows it.
 *
 * @param durationsMs of each pair, including the time until the next one
 */
export function pausesIn(durationsMs: readonly number[]): Disturbance[] {
  const usualMs = durationsMs.toSorted((a, b) => a - b)[Math.floor((durationsMs.length - 1) / 2)] ?? 0;
  return durationsMs.flatMap((durationMs, position) => {
    const pauseMs = durationMs - usualMs;
    const isPause = pauseMs > LONGER_BY_MS && durationMs > TIMES_AS_LONG * usualMs;
    return isPause ? [{ kind: 'pause' as const, pair: position + 1, pauseMs }] : [];
  });
}

/** Compares the plans after the pairs with those before: statistics may change meanwhile, and plans with them. */
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
