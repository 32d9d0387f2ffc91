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
 * @returns a function that says what has come since it was last asked, without what goes when our databases go
 */
export async function watchServerWide(site: Site): Promise<() => Promise<ServerWideChange[]>> {
  const { administer } = site.server;
  let known = new Set((await administer(listServerWide)).map(({ what }) => what));
  return () =>
    administer(async (admin) => {
      const found = await listServerWide(admin);
      const come = found.filter(({ what, database }) => !known.has(what) && !isOurs(database, site));
      known = new Set(found.map(({ what }) => what));
      if (come.some(({ role }) => isOwner(role, site))) await resetOwner(admin, site);
      return come.map(({ what, role }) => ({ what, isTakenBack: isOwner(role, site) }));
    });
}

const listServerWide = async (admin: Connection): Promise<Found[]> =>
  (await admin.query<Found>(SERVER_WIDE)).rows;

const isOurs = (database: string | null, { server }: Site): boolean =>
  database?.startsWith(`${server.namePrefix}_`) ?? false;

const isOwner = (role: string | null, { server }: Site): boolean =>
  role !== null && role === server.ownerRole;

async function resetOwner(admin: Connection, { server }: Site): Promise<void> {
  await admin.query(`ALTER ROLE ${escapeIdentifier(server.ownerRole ?? '')} RESET ALL`);
}
