import { escapeIdentifier } from 'pg';
import type { Connection } from './connection.ts';
import type { Site } from './server.ts';

/** Something that SQL has changed beyond its database, and that stays when the database is dropped. */
export interface ServerWideChange {
  what: string;
  /** Whether it was a setting of a role of ours, and has been taken back. */
  isTakenBack: boolean;
}

/** Roles, memberships and settings, each with a text that tells it from all others, and the role that a setting is of. */
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
  LEFT JOIN pg_database d ON d.oid = setdatabase`;

type Found = Record<'what', string> & Record<'role' | 'database', string | null>;

/**
 * Watches what is there beside databases.
 *
 * @returns a function that says what has come since it was last asked; settings of ours are taken back
 */
export async function watchServerWide(site: Site): Promise<() => Promise<ServerWideChange[]>> {
  const { administer } = site.server;
  let known = new Set((await administer(listServerWide)).map(({ what }) => what));
  return () =>
    administer(async (admin) => {
      const found = await listServerWide(admin);
      const come = found.filter(({ what }) => !known.has(what));
      known = new Set(found.map(({ what }) => what));
      for (const change of come) await takeBack(admin, change, site);
      return come.map((change) => ({ what: change.what, isTakenBack: isOurs(change, site) }));
    });
}

const listServerWide = async (admin: Connection): Promise<Found[]> =>
  (await admin.query<Found>(SERVER_WIDE)).rows;

/** A setting of a database or a role that was made for the run. */
const isOurs = ({ role, database }: Found, site: Site): boolean =>
  isOurDatabase(database, site) || (role !== null && role === site.server.ownerRole);

const isOurDatabase = (database: string | null, { server }: Site): boolean =>
  database?.startsWith(`${server.namePrefix}_`) ?? false;

/** Left in place, it would be measured: as a rule with one arm and without the other. */
async function takeBack(admin: Connection, change: Found, site: Site): Promise<void> {
  if (!isOurs(change, site)) return;
  const { role, database } = change;
  const inDatabase = database === null ? '' : ` IN DATABASE ${escapeIdentifier(database)}`;
  await admin.query(
    role === null
      ? `ALTER DATABASE ${escapeIdentifier(database ?? '')} RESET ALL`
      : `ALTER ROLE ${escapeIdentifier(role)}${inDatabase} RESET ALL`,
  );
}
