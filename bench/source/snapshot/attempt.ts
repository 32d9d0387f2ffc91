import { DatabaseError } from 'pg';
import type { Connection } from '../../database/connection.ts';

/** Query canceled: by `statement_timeout`. */
const CANCELED = '57014';

export type Attempt<T> =
  { state: 'done'; value: T } | { state: 'too long' } | { state: 'refused'; message: string };

/** What may fail, or take too long, in a transaction that goes on. Settings made meanwhile are taken back. */
export async function attempt<T>(
  connection: Connection,
  settings: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<Attempt<T>> {
  await connection.query('SAVEPOINT attempt');
  try {
    for (const [name, value] of Object.entries(settings))
      await connection.query('SELECT pg_catalog.set_config($1, $2, true)', [name, value]);
    return { state: 'done', value: await work() };
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.severity !== 'ERROR') throw error;
    return error.code === CANCELED ? { state: 'too long' } : { state: 'refused', message: error.message };
  } finally {
    await connection.query('ROLLBACK TO SAVEPOINT attempt').catch(() => undefined);
  }
}
