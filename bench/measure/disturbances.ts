import { performance } from 'node:perf_hooks';
import { isBetweenNodes } from '../database/cluster/cached-sessions.ts';
import type { Connection } from '../database/connection.ts';
import { APPLICATION_NAME } from '../database/login.ts';
import type { Disturbance } from '../model/disturbance.ts';
import type { PerArm } from '../model/arm.ts';
import { planOf, planText } from './explain.ts';
import type { ArmSessions } from './sessions.ts';
import { isCopy, type Statement } from './statement.ts';

/** Lists what may have disturbed this pair: everything that has happened since the last call. */
export type LookOut = (pair: number) => Promise<Disturbance[]>;

/** Prepared. `$2` is the time of the last look: an idle session whose state has changed since then was active. */
const LOOK = `
  SELECT (SELECT checkpoint_lsn FROM pg_control_checkpoint()) AS checkpoint,
         count(*) FILTER (WHERE backend_type = 'autovacuum worker') AS autovacuum,
         count(*) FILTER (WHERE backend_type = 'client backend' AND application_name <> $1
                            AND NOT ${isBetweenNodes('application_name')}
                            AND (state IS DISTINCT FROM 'idle' OR state_change > $2)) AS sessions,
         clock_timestamp() AS taken
  FROM pg_stat_activity`;

type Look = Record<'checkpoint' | 'autovacuum' | 'sessions' | 'taken', string>;

/** A synchronised clock is corrected by less. A clock that is set, or that a suspended machine stopped, moves by more. */
const CLOCK_STEP_MS = 100;

/** Watches each of the servers from now on, in a session beside those that are measured. */
export async function keepLookout(connections: readonly Connection[]): Promise<LookOut> {
  const lookouts: (() => Promise<Happened[]>)[] = [];
  for (const connection of connections) lookouts.push(await watchServer(connection));
  let lastOffsetMs = clockOffsetMs();
  return async (pair) => {
    const happened = new Set<Happened>();
    for (const look of lookouts) for (const kind of await look()) happened.add(kind);
    const offsetMs = clockOffsetMs();
    const stepMs = offsetMs - lastOffsetMs;
    lastOffsetMs = offsetMs;
    const step: Disturbance[] =
      Math.abs(stepMs) < CLOCK_STEP_MS ? [] : [{ kind: 'clock step', pair, stepMs }];
    return [...Array.from(happened, (kind) => ({ kind, pair })), ...step];
  };
}

type Happened = 'checkpoint' | 'autovacuum' | 'other session';

/** @returns what has happened on this server since the last call */
async function watchServer(connection: Connection): Promise<() => Promise<Happened[]>> {
  let last = await lookAt(connection, 'infinity');
  return async () => {
    const now = await lookAt(connection, last.taken);
    const happened: Happened[] = [
      ...(now.checkpoint === last.checkpoint ? [] : (['checkpoint'] as const)),
      ...(now.autovacuum === '0' ? [] : (['autovacuum'] as const)),
      ...(now.sessions === '0' ? [] : (['other session'] as const)),
    ];
    last = now;
    return happened;
  };
}

async function lookAt(connection: Connection, since: string): Promise<Look> {
  const values = [APPLICATION_NAME, since];
  const { rows } = await connection.query<Look>({ name: 'look', text: LOOK, values });
  if (!rows[0]) throw new Error('pg_stat_activity told nothing');
  return rows[0];
}

const clockOffsetMs = (): number => Date.now() - performance.now();

/** Watches the wall clock from now on; the function gives its step since, undefined for none. */
export function watchClock(): () => number | undefined {
  const startMs = clockOffsetMs();
  return () => {
    const stepMs = clockOffsetMs() - startMs;
    return Math.abs(stepMs) < CLOCK_STEP_MS ? undefined : stepMs;
  };
}

/** The least excess of a pause: no checkpoint and no other program holds a visit up for a second. */
const LONGER_BY_MS = 1000;
const TIMES_AS_LONG = 3;

/**
 * By how long the server or the machine paused during the last visit; undefined if it did not. The median of a block hides
 * a single execution of half a minute; only this shows it.
 *
 * @param durationsMs of each visit to one item
 */
export function pauseInLast(durationsMs: readonly number[]): number | undefined {
  const usualMs = durationsMs.toSorted((a, b) => a - b)[Math.floor((durationsMs.length - 1) / 2)] ?? 0;
  const lastMs = durationsMs.at(-1) ?? 0;
  const pauseMs = lastMs - usualMs;
  return pauseMs > LONGER_BY_MS && lastMs > TIMES_AS_LONG * usualMs ? pauseMs : undefined;
}

/** Lists the arms whose plan has changed since the last look: statistics may change meanwhile, and plans with them. */
export type LookAtPlans = (sessions: PerArm<ArmSessions>) => Promise<Disturbance[]>;

/** Watches the plans of a statement from now on. COPY has none. */
export async function watchPlans(statement: Statement, sessions: PerArm<ArmSessions>): Promise<LookAtPlans> {
  if (isCopy(statement.sql)) return () => Promise.resolve([]);
  const lookAt: PerArm<(session: Connection) => Promise<boolean>> = {
    before: await watchPlan(statement, sessions.before[0]),
    after: await watchPlan(statement, sessions.after[0]),
  };
  return async (now) => {
    const changed: Disturbance[] = [];
    for (const arm of ['before', 'after'] as const)
      if (await lookAt[arm](now[arm][0])) changed.push({ kind: 'plan change', arm });
    return changed;
  };
}

/** @returns whether it has changed since the last look; the signature decides, and is asked for where the text has changed */
async function watchPlan(
  statement: Statement,
  session: Connection,
): Promise<(session: Connection) => Promise<boolean>> {
  const look = async (there: Connection) => ({
    text: await planText(there, statement),
    signature: (await planOf(there, statement)).signature,
  });
  let last = await look(session);
  return async (there) => {
    if ((await planText(there, statement)) === last.text) return false;
    const { signature } = last;
    last = await look(there);
    return last.signature !== signature;
  };
}
