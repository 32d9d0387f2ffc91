import type { Connection } from './connection.ts';

/** A database that this program has made, here or elsewhere. */
export interface MadeDatabase {
  name: string;
  bytes: number;
  /** Whether the process that made it still has a session on the server. */
  isInUse: boolean;
}

/** The process that made a database stands in its comment; in its name, too, as long as it is not finished. */
const MADE = `
  SELECT name, pg_database_size(oid) AS bytes,
         EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'index-impact ' || maker) AS "inUse"
  FROM (
    SELECT d.oid, d.datname AS name, d.datdba AS owner,
           CASE WHEN c.description IS NOT NULL
             THEN substring(c.description FROM '^index-impact: made by index-impact ([0-9a-f]{8});')
             WHEN NOT d.datallowconn
             THEN substring(d.datname FROM '^index_impact_([0-9a-f]{8})_')
           END AS maker
    FROM pg_database d
    LEFT JOIN pg_shdescription c ON c.objoid = d.oid AND c.classoid = 'pg_database'::regclass
  ) AS found
  WHERE maker IS NOT NULL AND pg_has_role(owner, 'MEMBER')
  ORDER BY name`;

/**
 * Databases that have our comment, or our name and do not yet let anybody in, and that this role may drop. Nothing else
 * is ever looked at.
 */
export async function listMade(connection: Connection): Promise<MadeDatabase[]> {
  const { rows } = await connection.query<Record<'name' | 'bytes' | 'inUse', string>>(MADE);
  return rows.map(({ name, bytes, inUse }) => ({ name, bytes: Number(bytes), isInUse: inUse === 't' }));
}
