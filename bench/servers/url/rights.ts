import { RunError } from '../../model/errors.ts';
import type { Connection } from '../../database/connection.ts';

const OLDEST_MAJOR = 14;

/** What lets a role reach the machine through SQL (PostgreSQL manual, 22.5). */
const POWERS = ['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'];

type Fact = 'major' | 'version' | 'standby' | 'role' | 'creates' | 'powers';

const FACTS = `
  SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('server_version') AS version,
         pg_is_in_recovery() AS standby, current_user AS role, rolcreatedb OR rolsuper AS creates,
         ARRAY(SELECT member.rolname FROM pg_roles member
               WHERE member.rolname = ANY ($1) AND NOT pg_roles.rolsuper AND pg_has_role(member.oid, 'MEMBER')
               ORDER BY 1)::text AS powers
  FROM pg_roles WHERE rolname = current_user`;

/** @throws RunError where the server is too old to be measured */
export async function refuseUnlessKnown(connection: Connection): Promise<void> {
  const { rows } = await connection.query<Record<Fact, string>>(FACTS, [POWERS]);
  if (rows[0]) refuseOld(rows[0]);
}

function refuseOld({ major, version }: Record<Fact, string>): void {
  if (Number(major) >= OLDEST_MAJOR) return;
  throw new RunError(`The server is PostgreSQL ${version}`, {
    remedy: `Use one of PostgreSQL ${OLDEST_MAJOR} or later.`,
  });
}

/** @throws RunError saying what the server or the role is missing, and how to get it */
export async function refuseUnlessUsable(connection: Connection): Promise<void> {
  const { rows } = await connection.query<Record<Fact, string>>(FACTS, [POWERS]);
  const facts = rows[0];
  if (!facts) return;
  refuseOld(facts);
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
  if (facts.powers !== '{}') {
    throw new RunError(`The role "${facts.role}" reaches the server's machine through ${facts.powers}`, {
      detail: 'The SQL of a candidate would be carried out with these rights.',
      remedy: 'Name a role in --url that has CREATEDB and nothing more.',
    });
  }
}
