import { escapeIdentifier } from 'pg';
import type { Connection } from './connection.ts';
import { markedBy } from './leftovers.ts';
import type { Site } from './server.ts';

/** A change of SQL outside its database, which stays when the database is dropped. */
export interface ServerWideChange {
  what: string;
  /** Whether it was a setting of our own role and has been reset. */
  isTakenBack: boolean;
}

/** SQL: whether a database was made by this run or another one. */
const isMarked = (oid: string): string =>
  `(${markedBy(`shobj_description(${oid}, 'pg_database')`)} IS NOT NULL)`;

/**
 * Roles, memberships, settings and properties of databases, each with a text that identifies it. What other runs do with
 * their databases is none of ours. One whose connection limit is -2 is being dropped (PostgreSQL, DATCONNLIMIT_INVALID_DB).
 */
const SERVER_WIDE = `
  SELECT 'the role ' || quote_ident(rolname) AS what, NULL AS role, NULL AS database FROM pg_roles
  UNION ALL
  SELECT format('the membership of %I in %I', m.rolname, r.rolname), NULL, NULL
  FROM pg_auth_members JOIN pg_roles m ON m.oid = member JOIN pg_roles r ON r.oid = roleid
  UNION ALL
  SELECT concat_ws(' ', 'the setting', split_part(setting, '=', 1),
                   'of role ' || quote_ident(rolname), 'in database ' || quote_ident(datname)),
         rolname, datname
  FROM pg_db_role_setting
  CROSS JOIN unnest(setconfig) AS setting
  LEFT JOIN pg_roles r ON r.oid = setrole
  LEFT JOIN pg_database d ON d.oid = setdatabase
  WHERE d.oid IS NULL OR starts_with(datname, $1) OR NOT ${isMarked('d.oid')}
  UNION ALL
  SELECT format(sentence, datname, datconnlimit, datacl), NULL, datname
  FROM pg_database d CROSS JOIN LATERAL (VALUES
    (datconnlimit <> -1, 'the connection limit %2$s of database %1$I'),
    (datistemplate, 'the database %1$I as a template'),
    (NOT datallowconn, 'the database %1$I closed to connections'),
    (datacl IS NOT NULL, 'the privileges %3$s on database %1$I')) AS trait (is_there, sentence)
  WHERE is_there AND NOT starts_with(datname, $1) AND datconnlimit <> -2 AND NOT ${isMarked('d.oid')}`;

/** A row of `SERVER_WIDE`. */
type ServerWideRow = Record<'what', string> & Record<'role' | 'database', string | null>;

/**
 * Watches roles, memberships and settings, which outlive a database.
 *
 * @returns a function that lists what was added since its last call, and takes settings of ours back
 */
export async function watchServerWide(site: Site): Promise<() => Promise<ServerWideChange[]>> {
  const { administer } = site.server;
  const list = (admin: Connection): Promise<ServerWideRow[]> => listServerWide(admin, site);
  let known = new Set((await administer(list)).map(({ what }) => what));
  return () =>
    administer(async (admin) => {
      const found = await list(admin);
      const come = found.filter(({ what }) => !known.has(what));
      known = new Set(found.map(({ what }) => what));
      for (const change of come) await takeBack(admin, change, site);
      return come.map((change) => ({ what: change.what, isTakenBack: isOurs(change, site) }));
    });
}

const listServerWide = async (admin: Connection, { server }: Site): Promise<ServerWideRow[]> =>
  (await admin.query<ServerWideRow>(SERVER_WIDE, [ownPrefix(server)])).rows;

/** A run may open, close and grant its own databases. */
const ownPrefix = ({ namePrefix }: Site['server']): string => `${namePrefix}_`;

/** A setting of a database or a role made for the run. */
const isOurs = ({ role, database }: ServerWideRow, site: Site): boolean =>
  isOurDatabase(database, site) || (role !== null && role === site.server.ownerRole);

const isOurDatabase = (database: string | null, { server }: Site): boolean =>
  database?.startsWith(ownPrefix(server)) ?? false;

/** A setting left in place would be measured, as a rule on one arm only. */
async function takeBack(admin: Connection, change: ServerWideRow, site: Site): Promise<void> {
  if (!isOurs(change, site)) return;
  const { role, database } = change;
  const inDatabase = database === null ? '' : ` IN DATABASE ${escapeIdentifier(database)}`;
  await admin.query(
    role === null
      ? `ALTER DATABASE ${escapeIdentifier(database ?? '')} RESET ALL`
      : `ALTER ROLE ${escapeIdentifier(role)}${inDatabase} RESET ALL`,
  );
}
