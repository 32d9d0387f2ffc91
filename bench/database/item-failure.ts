import { DatabaseError } from 'pg';
import { ItemError } from '../model/errors.ts';
import type { Failure, Outcome } from '../model/outcome.ts';

/**
 * The failure, when it concerns one statement only: PostgreSQL refused it, or it had no rows to run on. Undefined for
 * everything else, above all a lost session (severity FATAL or no answer) and a full disk.
 */
export function itemFailure(error: unknown, sql: string): Failure | undefined {
  if (error instanceof ItemError) return { message: error.message, detail: sql };
  if (!(error instanceof DatabaseError) || error.severity !== 'ERROR' || concernsAll(error)) return undefined;
  return { message: error.message, detail: sql };
}

/** Carries out the work on one statement. What fails for another reason than the statement is thrown. */
export async function attempted<T>(sql: string, work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { state: 'measured', ...(await work()) };
  } catch (cause) {
    const error = itemFailure(cause, sql);
    if (!error) throw cause;
    return { state: 'failed', error };
  }
}

/**
 * Whether PostgreSQL refused the statement itself, and would refuse it again. Otherwise something else stopped it: an
 * earlier error of the transaction, a read-only server, a conflict, a missing right, a lock, a time limit (appendix A).
 */
export const isRefusal = (error: unknown): boolean =>
  error instanceof DatabaseError && !/^(25P02|25006|40|42501|55P03|57)/.test(error.code ?? '');

/**
 * Resources ran out, the operating system failed, or another node has ended, which the coordinator of a cluster tells as an
 * error of the statement (PostgreSQL manual, appendix A, classes 53 and 58, 08006 and 57P01 to 57P03).
 */
const concernsAll = ({ code = '' }: DatabaseError): boolean => /^(53|58|08006|57P0[123])/.test(code);
