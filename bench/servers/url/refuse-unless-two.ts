import { withConnection, type Connection } from '../../database/connection.ts';
import { carefulLogin } from '../../database/event-triggers.ts';
import { APPLICATION_NAME } from '../../database/login.ts';
import { UsageError } from '../../model/errors.ts';
import type { ServerUrls } from './pair-flags.ts';

/**
 * Before anything is made on either.
 *
 * @throws UsageError where both URLs lead to the same server, or, as they are, to the same database, whatever its host is
 * called, or the majors differ
 */
export async function refuseUnlessTwo(
  { before, after, asTheyAre }: ServerUrls,
  signal: AbortSignal,
): Promise<void> {
  const logins = { before: await carefulLogin(before, signal), after: await carefulLogin(after, signal) };
  await withConnection(logins.before, signal, (there) =>
    withConnection(logins.after, signal, async (here) => {
      const isApart = asTheyAre && (await databaseOf(there)) !== (await databaseOf(here));
      if (!isApart && (await sees(here, await processOf(there))))
        throw new UsageError([
          `--after: leads to the same ${asTheyAre ? 'database' : 'server'} as --before; name another one`,
        ]);
      const [one, other] = [await majorOf(there), await majorOf(here)];
      if (one !== other)
        throw new UsageError([
          `--after: is PostgreSQL ${other}, and --before is ${one}; both have to be of the same major`,
        ]);
    }),
  );
}

const ask = async (connection: Connection, sql: string, parameters: unknown[] = []): Promise<string> =>
  (await connection.query<{ value: string }>(sql, parameters)).rows[0]?.value ?? '';

const databaseOf = (connection: Connection): Promise<string> =>
  ask(connection, 'SELECT current_database() AS value');

const processOf = (connection: Connection): Promise<string> =>
  ask(connection, 'SELECT pg_backend_pid() AS value');

/**
 * A session of ours on one server is seen from the other only where they are the same. The system identifier would not
 * tell: branches and physical copies of a cluster have the same one (PostgreSQL manual, `pg_control_system`).
 */
const SEES = `
  SELECT EXISTS (SELECT FROM pg_stat_activity
                 WHERE pid = $1 AND application_name = $2 AND pid <> pg_backend_pid()) AS value`;

const sees = async (connection: Connection, process: string): Promise<boolean> =>
  (await ask(connection, SEES, [process, APPLICATION_NAME])) === 't';

const majorOf = (connection: Connection): Promise<string> =>
  ask(connection, "SELECT current_setting('server_version_num')::int / 10000 AS value");
