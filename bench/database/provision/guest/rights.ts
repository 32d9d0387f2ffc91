import { RunError } from '../../../model/errors.ts';
import type { Connection } from '../../connection.ts';

const OLDEST_MAJOR = 14;

const FACTS = `
  SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('server_version') AS version,
         pg_is_in_recovery() AS standby, current_user AS role, rolcreatedb OR rolsuper AS creates
  FROM pg_roles WHERE rolname = current_user`;

/** @throws RunError saying what the server or the role is missing, and how to get it */
export async function refuseUnlessUsable(connection: Connection): Promise<void> {
  const { rows } =
    await connection.query<Record<'major' | 'version' | 'standby' | 'role' | 'creates', string>>(FACTS);
  const facts = rows[0];
  if (!facts) return;
  if (Number(facts.major) < OLDEST_MAJOR) {
    throw new RunError(`The server is PostgreSQL ${facts.version}`, {
      remedy: `Use one of PostgreSQL ${OLDEST_MAJOR} or later.`,
    });
  }
  if (facts.standby === 't') {
    throw new RunError('The server is a standby, on which nothing can be made', {
      remedy: 'Name its primary, or better a server of its own, in --url.',
    });
  }
  if (facts.creates !== 't') {
    throw new RunError(`The role "${facts.role}" may not create databases`, {
      remedy: `Have a superuser run: ALTER ROLE "${facts.role.replaceAll('"', '""')}" CREATEDB`,
    });
  }
}
