import { escapeIdentifier } from 'pg';
import { RunError } from '../../model/errors.ts';
import type { Connection } from '../../database/connection.ts';
import { LEAST_SESSIONS } from '../../database/server.ts';

type Fact = 'role' | 'roleLimit' | 'ofRole' | 'slots' | 'reserved' | 'taken';

/**
 * Without the session that asks: its place is one of ours. A superuser has no limit as a role, but the suite's SQL runs as
 * another one, for whom no slot is reserved (PostgreSQL manual, 20.3.1; `reserved_connections` from 16 on).
 */
const FACTS = `
  WITH sessions AS (
    SELECT usesysid FROM pg_stat_activity
    WHERE coalesce(backend_type, 'client backend') = 'client backend' AND datid IS NOT NULL
      AND pid <> pg_backend_pid()
  )
  SELECT rolname AS role, CASE WHEN rolsuper THEN -1 ELSE rolconnlimit END AS "roleLimit",
         (SELECT count(*) FROM sessions WHERE usesysid = r.oid) AS "ofRole",
         current_setting('max_connections') AS slots,
         current_setting('superuser_reserved_connections')::int
           + coalesce(current_setting('reserved_connections', true)::int, 0) AS reserved,
         (SELECT count(*) FROM sessions) AS taken
  FROM pg_roles r WHERE rolname = current_user`;

/** Sessions that nobody has, and how to get more of them. */
interface Free {
  sessions: number;
  limit: string;
  remedy: string;
}

/**
 * How many sessions a run may have: half of those that are free, so that another run, and whoever else comes, finds
 * some; but what it needs at the least.
 *
 * @throws RunError when even those are not there
 */
export async function grantedSessions(connection: Connection, maxSessions: number): Promise<number> {
  const { sessions: free, limit, remedy } = await freeSessions(connection);
  if (free >= LEAST_SESSIONS) return Math.min(maxSessions, Math.max(LEAST_SESSIONS, Math.floor(free / 2)));
  throw new RunError(`${Math.max(0, free)} sessions are free for this run, which needs ${LEAST_SESSIONS}`, {
    detail: limit,
    remedy,
  });
}

async function freeSessions(connection: Connection): Promise<Free> {
  const { rows } = await connection.query<Record<Fact, string>>(FACTS);
  const facts = rows[0];
  if (!facts) throw new Error('pg_roles told nothing of this role');
  const [ofServer, ofRole] = [leftOfServer(facts), leftOfRole(facts)];
  return ofRole.sessions < ofServer.sessions ? ofRole : ofServer;
}

const leftOfServer = ({ slots, reserved, taken }: Record<Fact, string>): Free => ({
  sessions: Number(slots) - Number(reserved) - Number(taken),
  limit: `max_connections is ${slots}, of which ${reserved} are reserved; ${taken} are in use.`,
  remedy: "Wait until others have closed theirs, or raise the server's max_connections.",
});

const leftOfRole = ({ role, roleLimit, ofRole }: Record<Fact, string>): Free => ({
  sessions: Number(roleLimit) < 0 ? Infinity : Number(roleLimit) - Number(ofRole),
  limit: `The role "${role}" has CONNECTION LIMIT ${roleLimit}, and ${ofRole} in use.`,
  remedy: `Have a superuser run: ALTER ROLE ${escapeIdentifier(role)} CONNECTION LIMIT ${ROOM_FOR_TWO}`,
});

/** For two runs at once. */
const ROOM_FOR_TWO = 10;
