import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';

/** The sessions of one arm, used in turn, one for each pair. */
export type ArmSessions = readonly [Connection, ...Connection[]];

/**
 * The place of a server process in memory makes it some percent faster or slower for as long as it lives (Mytkowicz et
 * al. 2009, "Producing wrong data without doing anything obviously wrong!"). With one session each, two identical arms
 * differed by up to 5 % in a read. With a dozen sessions, that becomes part of the scatter, and the interval contains it. A
 * write mostly waits for the disk, and a session gets faster with every page that it has touched: there one lasting session
 * is what an application has.
 */
export const SESSIONS_PER_ARM = { read: 12, write: 1 };

/** Executions before a session's first block. They fill its caches, and are never a sample. */
export const PRIMING_EXECUTIONS = 1;

/** The session of an arm for a pair. Two sessions meet again only after each has met all others. */
export function sessionFor(sessions: PerArm<ArmSessions>, arm: Arm, pair: number): Connection {
  const { length } = sessions[arm];
  const shift = arm === 'after' ? Math.floor(pair / length) : 0;
  return sessions[arm][(pair + shift) % length] ?? sessions[arm][0];
}

/** Whether a pair has the first blocks of its two sessions. */
export const isFirstTurn = (sessions: PerArm<ArmSessions>, pair: number): boolean =>
  pair < sessions.before.length;

/** Sessions as they were when they were opened: in no transaction, with their first settings, and nothing prepared. */
export async function renew({ before, after }: PerArm<ArmSessions>): Promise<void> {
  for (const session of [...before, ...after]) {
    if (session.getTransactionStatus() !== 'I') await session.query('ROLLBACK');
    await session.query('DISCARD ALL');
  }
}

/** Prepares a session for its first block of a statement. */
export async function primeSession(execute: () => Promise<unknown>): Promise<void> {
  for (let execution = 0; execution < PRIMING_EXECUTIONS; execution++) await execute();
}
