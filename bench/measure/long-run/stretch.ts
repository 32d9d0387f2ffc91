import { DatabaseError } from 'pg';
import { performance } from 'node:perf_hooks';
import type { Connection } from '../../database/connection.ts';
import { itemFailure } from '../../database/item-failure.ts';
import { ItemError } from '../../model/errors.ts';
import { toNanosecond } from '../block.ts';
import type { MixedLoad, MixedStatement } from './mixed-load.ts';

/** What some seconds of load came to. */
export interface LoadedStretch {
  /** Executions that ended in each second. */
  executions: number[];
  /** Of every execution that was not refused. */
  durationsMs: number[];
  refused: number;
}

/** Whose execution failed, and why: all sessions stop then. */
interface Failed {
  statement: MixedStatement;
  cause: unknown;
}

/**
 * Every session executes the next statement of the load as soon as it has executed one.
 *
 * @throws ItemError when PostgreSQL refuses a statement for another reason than a conflict
 */
export async function loadFor(
  seconds: number,
  load: MixedLoad,
  sessions: readonly Connection[],
): Promise<LoadedStretch> {
  const loaded: LoadedStretch = {
    executions: Array.from({ length: seconds }, () => 0),
    durationsMs: [],
    refused: 0,
  };
  const startMs = performance.now();
  let failed: Failed | undefined;
  const work = async (session: Connection): Promise<void> => {
    for (let nowMs = startMs; !failed && nowMs < startMs + 1000 * seconds; nowMs = performance.now()) {
      const next = load.next();
      if (!next) return;
      try {
        await next.execute(session);
        note(loaded, startMs, nowMs);
      } catch (cause) {
        if (isConflict(cause)) loaded.refused += 1;
        else failed ??= { statement: next.statement, cause };
      }
    }
  };
  await Promise.all(sessions.map(work));
  if (failed) throw failureOf(failed);
  return loaded;
}

function note({ executions, durationsMs }: LoadedStretch, startMs: number, beganMs: number): void {
  const endedMs = performance.now();
  durationsMs.push(toNanosecond(endedMs - beganMs));
  const second = Math.floor((endedMs - startMs) / 1000);
  if (second < executions.length) executions[second] = (executions[second] ?? 0) + 1;
}

/** A row that another session has taken or added, or a deadlock: an application would try again (appendix A, classes 23 and 40). */
const isConflict = (error: unknown): boolean =>
  error instanceof DatabaseError && /^(23|40)/.test(error.code ?? '');

function failureOf({ statement: { title, sql }, cause }: Failed): unknown {
  const failure = itemFailure(cause, sql);
  return failure ? new ItemError(`${title}: ${failure.message}`) : cause;
}
