import { DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import { RunError } from '../model/errors.ts';
import { bytes } from '../format/quantity.ts';
import { withConnection, type Connection } from './connection.ts';
import { APPLICATION_NAME } from './login.ts';
import { patiently } from './patience.ts';
import { isInUse, removeDatabase } from './remove-database.ts';
import type { Site } from './server.ts';

/** The comment of every database and role made here. */
export const MARK = `index-impact: made by ${APPLICATION_NAME}; "index-impact clean" removes it`;

/** Creates an empty database for the SQL of a suite. */
export async function createDatabase(site: Site, name: string): Promise<void> {
  const { server, signal } = site;
  await create(site, name, 'TEMPLATE template0', server.ownerRole);
  if (server.ownerRole === undefined) return;
  const owner = escapeIdentifier(server.ownerRole);
  await withConnection(server.admin(name), signal, (admin) =>
    admin.query(`ALTER SCHEMA public OWNER TO ${owner}`),
  );
}

/** Copies a database: both heaps have the same bytes. */
export async function cloneDatabase(site: Site, template: string, name: string): Promise<void> {
  await refuseUnlessItFits(site, template);
  const strategy = site.server.copiesFiles ? ' STRATEGY FILE_COPY' : '';
  await create(site, name, `TEMPLATE ${escapeIdentifier(template)}${strategy}`, site.server.ownerRole);
}

/** @throws RunError when there is too little room for a copy */
async function refuseUnlessItFits({ server }: Site, template: string): Promise<void> {
  const wanted = await server.administer((admin) => sizeOf(admin, template));
  const { bytes: free, limit } = await server.room();
  if (wanted <= free) return;
  throw new RunError(`There is no room for a copy of ${template}`, {
    detail: `It takes ${bytes(wanted)}; ${bytes(Math.max(0, free))} are left: ${limit}.`,
    remedy: 'Make room, or measure a smaller dataset with --scale.',
  });
}

async function sizeOf(admin: Connection, database: string): Promise<number> {
  const { rows } = await admin.query<{ bytes: string }>('SELECT pg_database_size($1::name) AS bytes', [
    database,
  ]);
  return Number(rows[0]?.bytes);
}

/** In addition to the five seconds that PostgreSQL itself waits for other sessions to leave the database it copies. */
const COPY_PATIENCE_MS = 10_000;

/**
 * Nobody can connect to the database before it has its mark: what a kill leaves half made is known by that. Afterwards
 * only `user` can. It is not the user's own, because the owner of a database can set what makes its sessions slow.
 */
const create = ({ server, signal }: Site, name: string, how: string, user?: string): Promise<void> =>
  server.administer(async (admin) => {
    const database = escapeIdentifier(name);
    const statement = `CREATE DATABASE ${database} ${how} ALLOW_CONNECTIONS false`;
    await patiently(() => admin.query(statement), isInUse, COPY_PATIENCE_MS, signal);
    await admin.query(`COMMENT ON DATABASE ${database} IS ${escapeLiteral(MARK)}`);
    await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    if (user !== undefined)
      await admin.query(`GRANT ALL ON DATABASE ${database} TO ${escapeIdentifier(user)}`);
    await admin.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
  });

export const dropDatabase = ({ server, signal }: Site, name: string): Promise<void> =>
  server.administer((admin) => removeDatabase(admin, name, signal));

/** Runs `use` with a copy of `template`, which is dropped afterwards. It is called `name`, unless that is still taken. */
export async function withClone<T>(
  site: Site,
  template: string,
  name: string,
  use: (clone: string) => Promise<T>,
): Promise<T> {
  const clone = await firstFree(name, (free) => cloneDatabase(site, template, free));
  return droppingAfterwards(site, clone, use);
}

/** Runs `use` with an empty database owned by the guest or superuser, and its name; drops it afterwards. */
export async function withDatabase<T>(
  site: Site,
  name: string,
  use: (database: string) => Promise<T>,
): Promise<T> {
  const made = await firstFree(name, (free) => create(site, free, 'TEMPLATE template0'));
  return droppingAfterwards(site, made, use);
}

const DUPLICATE_DATABASE = '42P04';

/** A database of that name may be left, because somebody is still in it. Then this one gets another name. */
async function firstFree(name: string, make: (name: string) => Promise<void>): Promise<string> {
  for (let ordinal = 1; ; ordinal++) {
    const candidate = ordinal === 1 ? name : `${name}_${ordinal}`;
    try {
      await make(candidate);
      return candidate;
    } catch (error) {
      if (!(error instanceof DatabaseError && error.code === DUPLICATE_DATABASE)) throw error;
    }
  }
}

async function droppingAfterwards<T>(
  site: Site,
  name: string,
  use: (database: string) => Promise<T>,
): Promise<T> {
  try {
    return await use(name);
  } finally {
    // The end of the run tries again. A server of ours is removed with all its databases.
    await dropDatabase(site, name).catch(() => undefined);
  }
}
