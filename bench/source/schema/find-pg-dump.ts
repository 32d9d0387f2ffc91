import { findPrograms, type PostgresProgram } from '../postgres-programs.ts';

/**
 * The pg_dump of this machine that fits best; undefined where none does. It refuses servers newer than itself, and what it
 * prints is for servers of its own major or later (PostgreSQL manual, pg_dump, "Notes").
 *
 * @param source major of the server that it reads
 * @param rebuilt major of the server that runs what it prints
 */
export const findPgDump = async (source: number, rebuilt: number): Promise<PostgresProgram | undefined> =>
  (await findPrograms('pg_dump')).find(({ major }) => major >= source && major <= rebuilt);
