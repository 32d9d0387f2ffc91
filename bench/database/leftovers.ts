import type { Connection } from './connection.ts';
import { PROCESS_TOKEN } from './login.ts';
import { isPresent } from './presence.ts';

/** A database or a role that this program made, in this process or another. */
export interface Made {
  name: string;
  /** Whether the process that made it still runs. */
  isInUse: boolean;
  /** Whether this process made it. */
  isOwn: boolean;
}

export interface MadeDatabase extends Made {
  bytes: number;
}

/** SQL: the token of the process that made something, from its comment; NULL where nobody of ours did. */
export const markedBy = (description: string): string =>
  `substring(${description} FROM '^index-impact: made by index-impact ([0-9a-f]{8});')`;

/**
 * The comment of a database names the process that made it. So does its name until it is finished. Nobody else knows
 * this process's token beforehand: a name with the token and no comment means that a suite's SQL removed the comment.
 */
const DATABASES = `
  SELECT name, maker, pg_database_size(oid) AS bytes, ${isPresent('maker')} AS "inUse"
  FROM (
    SELECT d.oid, d.datname AS name, d.datdba AS owner,
           CASE WHEN starts_with(d.datname, 'index_impact_${PROCESS_TOKEN}_') THEN '${PROCESS_TOKEN}'
             WHEN c.description IS NOT NULL THEN ${markedBy('c.description')}
             WHEN NOT d.datallowconn
             THEN substring(d.datname FROM '^index_impact_([0-9a-f]{8})_')
           END AS maker
    FROM pg_database d
    LEFT JOIN pg_shdescription c ON c.objoid = d.oid AND c.classoid = 'pg_database'::regclass
  ) AS found
  WHERE maker IS NOT NULL AND pg_has_role(owner, 'MEMBER')
  ORDER BY name`;

/**
 * Databases that this role may drop, and that have our comment, or our name while nobody may connect yet. No other
 * database is looked at.
 */
export async function listMade(connection: Connection): Promise<MadeDatabase[]> {
  const { rows } = await connection.query<Record<'name' | 'maker' | 'bytes' | 'inUse', string>>(DATABASES);
  return rows.map(({ bytes, ...made }) => ({ ...madeOf(made), bytes: Number(bytes) }));
}

const ROLES = `
  SELECT name, maker, ${isPresent('maker')} AS "inUse"
  FROM (
    SELECT r.rolname AS name, ${markedBy("shobj_description(r.oid, 'pg_authid')")} AS maker
    FROM pg_roles r WHERE NOT r.rolsuper AND starts_with(r.rolname, 'index_impact_')
  ) AS found
  WHERE maker IS NOT NULL AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
  ORDER BY name`;

/** Roles with our name and our comment, where this role may drop them. */
export async function listMadeRoles(connection: Connection): Promise<Made[]> {
  const { rows } = await connection.query<Record<'name' | 'maker' | 'inUse', string>>(ROLES);
  return rows.map(madeOf);
}

const madeOf = ({ name, maker, inUse }: Record<'name' | 'maker' | 'inUse', string>): Made => ({
  name,
  isInUse: inUse === 't',
  isOwn: maker === PROCESS_TOKEN,
});
