import type { Connection } from './connection.ts';
import { MARKER } from './databases.ts';

/** A database that this program has made, here or elsewhere. */
export interface MarkedDatabase {
  name: string;
  bytes: number;
  /** Whether the process that made it still has a session on the server. */
  isInUse: boolean;
}

const MARKED = `
  SELECT d.datname AS name, pg_database_size(d.oid) AS bytes,
         EXISTS (SELECT FROM pg_stat_activity a
                 WHERE a.application_name LIKE 'index-impact %'
                   AND starts_with(c.description, $1 || 'made by ' || a.application_name || ';')) AS "inUse"
  FROM pg_database d
  JOIN pg_shdescription c ON c.objoid = d.oid AND c.classoid = 'pg_database'::regclass
  WHERE starts_with(c.description, $1) AND pg_has_role(d.datdba, 'MEMBER')
  ORDER BY d.datname`;

/** Databases with our comment that this role may drop; nothing else is ever looked at. */
export async function listMarked(connection: Connection): Promise<MarkedDatabase[]> {
  const { rows } = await connection.query<Record<'name' | 'bytes' | 'inUse', string>>(MARKED, [MARKER]);
  return rows.map(({ name, bytes, inUse }) => ({ name, bytes: Number(bytes), isInUse: inUse === 't' }));
}
